using System.Text;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

/// <summary>Two batches with one id would be one delivery: every part of where a batch is from must count.</summary>
public class BatchIdTests
{
    [Theory]
    [InlineData("ns2.servicebus.windows.net", "telemetry", "$Default", "3", 100, 200)]
    [InlineData("ns.servicebus.windows.net", "payload", "$Default", "3", 100, 200)]
    [InlineData("ns.servicebus.windows.net", "telemetry", "other", "3", 100, 200)]
    [InlineData("ns.servicebus.windows.net", "telemetry", "$Default", "4", 100, 200)]
    [InlineData("ns.servicebus.windows.net", "telemetry", "$Default", "3", 101, 200)]
    [InlineData("ns.servicebus.windows.net", "telemetry", "$Default", "3", 100, 201)]
    public void Another_place_is_another_batch(string space, string hub, string group, string partition, long first, long last) =>
        Assert.NotEqual(Id(), BatchId.OfEvents(space, hub, group, partition, first, last));

    [Fact]
    public void The_same_place_is_the_same_batch_however_its_names_are_written()
    {
        Assert.Equal(Id(), BatchId.OfEvents("NS.servicebus.windows.net", "Telemetry", "$default", "3", 100, 200));
        Assert.Equal(32, Id().Length);
        Assert.NotEqual(Id(), BatchId.OfBodies("events", []));
    }

    [Fact]
    public void Bodies_are_told_apart_by_source_content_and_cut()
    {
        string[] ids = [Of("a", "x", "y"), Of("b", "x", "y"), Of("a", "xy"), Of("a", "y", "x"), Of("a"), Of("a", "x")];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids[0], Of("a", "x", "y"));
        static string Of(string source, params string[] bodies) =>
            BatchId.OfBodies(source, bodies.Select(body => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void Parts_are_told_apart_by_batch_place_and_content()
    {
        BatchPart part = new([new(FactKinds.Process, Example.Process)]), other = new([new(FactKinds.Process, Example.Process with { Pid = 8 })]);
        string[] ids = [BatchId.Part("b", 0, part), BatchId.Part("c", 0, part), BatchId.Part("b", 1, part), BatchId.Part("b", 0, other)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.StartsWith("b-0-", ids[0], StringComparison.Ordinal);
    }

    private static string Id() => BatchId.OfEvents("ns.servicebus.windows.net", "telemetry", "$Default", "3", 100, 200);
}

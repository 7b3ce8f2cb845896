using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry;
using CipherWatch.Core.Tests.Ingestion;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Network.Datagrams;

using Reading = CipherWatch.Core.Tests.Ingestion.Reading;

/// <summary>Export datagrams: what they say is in the golden cases; here is what must hold of any of them.</summary>
public class DatagramTests
{
    private static readonly string[] Cases = ["v5", "v9", "ipfix"];

    /// <summary>Lengths of the first datagrams of the v9 case: data, and the templates behind it.</summary>
    private static readonly int[] V9 = [84, 88];

    [Theory]
    [InlineData("v5", 5, 0, 0)]
    [InlineData("v9", 3, 2, 2)]
    public void Every_flow_record_is_a_record(string name, int observed, int skipped, int deadLettered)
    {
        Reading reading = Reading.Of(Bytes(name));

        Assert.Equal((observed, skipped, deadLettered), (reading.Counts.Observed, reading.Counts.Skipped, reading.Counts.DeadLettered));
        Assert.Equal(reading.Counts.Records, reading.RecordsDone);
    }

    [Fact]
    public void Data_waits_for_its_template()
    {
        byte[] bytes = Bytes("v9");

        Assert.Equal(2, Reading.Of([.. bytes.Take(V9[0] + V9[1])]).Counts.Observed);
        Assert.Equal(0, Reading.Of([.. bytes.Take(V9[0])]).Counts.Observed);
    }

    [Fact]
    public void A_dead_letter_read_behind_its_template_is_what_it_would_have_been()
    {
        byte[] bytes = Bytes("v9");
        byte[] data = [.. bytes.Take(V9[0])];
        byte[] templates = [.. bytes.Skip(V9[0]).Take(V9[1])];
        DeadLetter letter = Assert.Single(Reading.Of(data).DeadLetters);

        Reading replayed = Reading.Of([.. templates, .. letter.Raw.Span]);

        Assert.Equal(data, letter.Raw.ToArray());
        Assert.Equal(Ids(Reading.Of([.. data, .. templates])), Ids(replayed));
        Assert.Empty(replayed.DeadLetters);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void How_a_stream_is_cut_makes_no_difference(int size)
    {
        foreach (string name in Cases)
        {
            Assert.Equal(Reading.Of(Bytes(name)).Summary(), Reading.InChunks(Bytes(name), size).Summary());
        }
    }

    [Fact]
    public void Counters_of_sampled_flows_are_left_out()
    {
        Observation sampled = Reading.Of(Bytes("v5")).Observations.Single(observation => observation.Flow!.SrcPort == 49813);

        Assert.Null(sampled.Flow!.BytesOut);
        Assert.Null(sampled.Flow.PacketsOut);
    }

    [Fact]
    public void An_uptime_that_wrapped_is_before_the_datagram()
    {
        Observation wrapped = Reading.Of(Bytes("v5")).Observations.Single(observation => observation.Flow!.SrcPort == 49814);

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1772445600_250 - 3_605_000), wrapped.Time);
    }

    [Property(MaxTest = 300)]
    public void Damage_is_accounted_for(uint seed)
    {
        Random random = new((int)(seed & int.MaxValue));
        foreach (string name in Cases)
        {
            byte[] damaged = Mutations.Damage(Bytes(name), Bytes("ipfix"), random);
            Reading reading = Reading.Of(damaged);

            Assert.Equal(reading.Counts.Records, reading.Counts.Observed + reading.Counts.Skipped + reading.Counts.DeadLettered);
            Assert.Equal(reading.Counts.Records, reading.RecordsDone);
            Assert.True(damaged.Length == 0 || reading.Counts.Records > 0);
            Assert.All(reading.Observations, observation => Assert.NotEmpty(ObservationJson.ToUtf8(observation)));
        }
    }

    private static IEnumerable<string> Ids(Reading reading) => reading.Observations.Select(observation => observation.Id.ToString()).Order(StringComparer.Ordinal);

    private static byte[] Bytes(string name) =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Golden", "flow-datagram", name, "input.bin"));
}

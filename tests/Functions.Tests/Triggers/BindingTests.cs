using System.Reflection;
using Azure.Messaging.EventHubs;
using CipherWatch.Functions.Tests.Fakes;
using CipherWatch.Functions.Triggers;
using Microsoft.Azure.Functions.Worker.Converters;

namespace CipherWatch.Functions.Tests.Triggers;

/// <summary>The triggers' binding, from the bytes that the host hands over.</summary>
public class BindingTests
{
    [Theory]
    [InlineData(typeof(WindowsEvents))]
    [InlineData(typeof(LinuxEvents))]
    [InlineData(typeof(MacOsEvents))]
    [InlineData(typeof(EsxiEvents))]
    [InlineData(typeof(ExportedWindowsEvents))]
    [InlineData(typeof(ExportedLinuxEvents))]
    [InlineData(typeof(NetworkEvents))]
    [InlineData(typeof(PayloadSampleEvents))]
    public async Task An_event_comes_with_its_place_in_the_partition(Type trigger)
    {
        EventData sent = Fleet.Event([0, 1, 0xff], 41);
        ConversionResult result = await new HandedOver(sent, Fleet.Event([2], 42)).ConvertAsync(Attribute(trigger));

        Assert.Equal(ConversionStatus.Succeeded, result.Status);
        EventData[] events = Assert.IsType<EventData[]>(result.Value);
        Assert.Equal([41, 42], events.Select(record => record.SequenceNumber));
        EventData first = events[0];
        Assert.Equal([0, 1, 0xff], first.EventBody.ToArray());
        Assert.Equal(
            (sent.OffsetString, sent.EnqueuedTime, sent.PartitionKey), (first.OffsetString, first.EnqueuedTime, first.PartitionKey));
    }

    [Fact]
    public async Task Events_that_were_handed_over_make_the_same_detections()
    {
        EventData[] sent = Fleet.Events(Fleet.Records());
        ConversionResult result = await new HandedOver(sent).ConvertAsync(Attribute(typeof(WindowsEvents)));
        App direct = new();
        App bound = new();
        await direct.TriggerAsync(sent);
        await bound.TriggerAsync((EventData[])result.Value!);
        await direct.RunAsync();
        await bound.RunAsync();

        Assert.Equal(direct.Client.Started.Select(start => start.Id), bound.Client.Started.Select(start => start.Id));
        Assert.NotEmpty(bound.Detections.Held);
        Assert.Equal(direct.Detections.Standing(), bound.Detections.Standing());
    }

    private static Attribute Attribute(Type trigger)
    {
        ParameterInfo events = Assert.Single(
            trigger.GetMethod("RunAsync")!.GetParameters(), parameter => parameter.ParameterType == typeof(EventData[]));
        return Assert.Single(
            events.GetCustomAttributes(),
            attribute => attribute.GetType().FullName == "Microsoft.Azure.Functions.Worker.EventHubTriggerAttribute");
    }
}

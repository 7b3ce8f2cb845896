using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Activities;

public class PublishDetectionsTests
{
    [Fact]
    public async Task A_sink_that_is_out_fails_the_activity_and_holds_no_other_up()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(Fleet.Records()));
        await app.RunAsync();
        Publication publication = new([.. app.Detections.Held.Values]);
        DetectionStore down = new() { IsOut = true };
        DetectionStore up = new();
        PublishDetections activity = Publisher.Of([down, up]);
        await Assert.ThrowsAsync<AggregateException>(() => activity.RunAsync(publication, CancellationToken.None));
        Assert.Equal(app.Detections.Standing(), up.Standing());
        down.IsOut = false;
        await activity.RunAsync(publication, CancellationToken.None);
        Assert.Equal(app.Detections.Standing(), down.Standing());
    }
}

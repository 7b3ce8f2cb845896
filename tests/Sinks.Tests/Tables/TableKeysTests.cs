using CipherWatch.Core.Detections;
using CipherWatch.Sinks.Tables;

namespace CipherWatch.Sinks.Tests.Tables;

public sealed class TableKeysTests
{
    [Fact]
    public void Neither_evidence_nor_revision_nor_an_earlier_connection_of_the_day_moves_a_row()
    {
        Detection detection = SampleDetections.Of("guid");
        Detection later = detection with { Revision = 9, Evidence = [], WindowStart = detection.WindowStart.AddHours(-11), Confidence = 20 };
        Assert.Equal(TableKeys.Partition(detection), TableKeys.Partition(later));
        Assert.Equal(TableKeys.Row(detection), TableKeys.Row(later));
    }

    [Fact]
    public void Days_and_hosts_spread_over_partitions()
    {
        Detection detection = SampleDetections.Of("guid");
        Assert.NotEqual(TableKeys.Partition(detection), TableKeys.Partition(detection with { WindowStart = detection.WindowStart.AddDays(1) }));
        int partitions = Enumerable.Range(0, 200).Select(number => TableKeys.Partition(SampleDetections.Of("guid", $"host-{number}"))).Distinct().Count();
        Assert.InRange(partitions, 100, 200);
    }
}

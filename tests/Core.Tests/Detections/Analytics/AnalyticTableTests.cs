using CipherWatch.Core.Detections.Analytics;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class AnalyticTableTests
{
    [Fact]
    public void No_two_rows_share_an_id_or_a_platform()
    {
        Assert.Equal(AnalyticTable.Rows.Length, AnalyticTable.Rows.Select(row => row.Id).Distinct().Count());
        Assert.All(AnalyticTable.Rows, row => Assert.Same(row, AnalyticTable.Of(row.Platform)));
    }
}

using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class AnalyticTableTests
{
    [Fact]
    public void No_two_rows_share_an_id_or_a_platform()
    {
        Assert.Equal(AnalyticTable.Rows.Length, AnalyticTable.Rows.Select(row => row.Id).Distinct().Count());
        Assert.All(AnalyticTable.Rows, row => Assert.Same(row, AnalyticTable.Of(row.Platform)));
    }

    [Fact]
    public void A_platform_is_found_by_the_analytics_id_and_of_others_it_is_the_network()
    {
        Assert.All(AnalyticTable.Rows, row => Assert.Equal(row.Platform, AnalyticTable.PlatformOf(row.Id)));
        Assert.Equal(TelemetryPlatform.Network, AnalyticTable.PlatformOf("AN0404"));
        Assert.Null(AnalyticTable.Of(TelemetryPlatform.Network));
    }
}

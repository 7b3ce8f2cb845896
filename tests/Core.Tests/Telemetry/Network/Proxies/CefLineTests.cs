using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Network.Proxies;

/// <summary>What writers of the Common Event Format leave unescaped, and dates that they write.</summary>
public class CefLineTests
{
    [Theory]
    [InlineData("https://c2.example/x?a=b")]
    [InlineData("https://c2.example/x?a=b&c==")]
    [InlineData("https://c2.example/x?a\\=b")]
    public void A_sign_of_equality_in_a_url_is_the_urls_own(string url)
    {
        Reading reading = Reading.Of($"CEF:0|V|P|1|200|proxy|3|rt=Mar 10 2026 09:41:00 UTC src=10.0.0.5 spt=50100 requestMethod=GET request={url} act=allowed\n");
        Assert.Equal("c2.example", Assert.Single(reading.Observations).Flow!.ServerName);
    }

    [Theory]
    [InlineData("Mar 10 2026 09:41:00")]
    [InlineData("Mar 1 2026 09:41:00")]
    [InlineData("Mar 10 2026 09:41:00.123 UTC")]
    [InlineData("Mar 1 2026 09:41:00.123 UTC")]
    public void Days_of_one_digit_and_fractions_are_dates(string date)
    {
        Reading reading = Reading.Of($"CEF:0|V|P|1|200|proxy|3|rt={date} src=10.0.0.5 spt=50100 requestMethod=GET request=http://c2.example/ act=allowed\n");
        Assert.Empty(reading.DeadLetters);
        Assert.Single(reading.Observations);
    }
}

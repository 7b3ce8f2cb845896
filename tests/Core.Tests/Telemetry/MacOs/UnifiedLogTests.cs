using System.Text.Json;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.MacOs;

/// <summary>The unified log in its styles: one entry, one meaning.</summary>
public class UnifiedLogTests
{
    private const string Uuid = "11111111-2222-4333-8444-555555555500";
    private const string Parameters = "tcp, url hash: 5fe282c6, definite, attribution: developer";

    private static readonly string Close = $"[C4 {Uuid} 192.0.2.7:8000 {Parameters}] cancelled\n\t[C4.1 11111111-2222-4333-8444-555555555501 10.30.0.8:51000<->192.0.2.7:8000]\n"
        + "\tConnected Path: satisfied (Path is satisfied), viable, interface: en0\n\tPrivacy Stance: Not Eligible\n\tDuration: 6.000s, TCP @0.000s took 0.014s\n"
        + "\tbytes in/out: 120/48211, packets in/out: 40/61, rtt: 0.014s";

    public static TheoryData<string> Styles =>
    [
        Json(Close),
        Json(Close).Replace("\\u002B", "+", StringComparison.Ordinal),
        "2025-06-24 14:32:40.176682+0300 0x78e2     Default     0x0                  612    0    Sample: (Network) [com.apple.network:connection] " + Close,
        "2025-06-24 14:32:40.176682+0300  localhost Sample[612]: (Network) [com.apple.network:connection] " + Close,
        "2025-06-24 14:32:40.176 Df Sample[612:4505afd] [com.apple.network:connection] " + Close,
        "2025-06-24 14:32:40.176 Df Sample[612:4505afd] " + Close.Replace("\n", "\r\n", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Styles))]
    public void Every_style_gives_the_same_observations(string text)
    {
        NetworkReading reading = NetworkReading.Of(text);
        NetworkReading json = NetworkReading.Of(Json(Close));

        Assert.Empty(reading.Letters);
        Assert.Equal(json.Observations.Select(observation => observation.Id), reading.Observations.Select(observation => observation.Id));
        FlowFields flow = reading.Observations[1].Flow!;
        Assert.Equal((48211, 120, 61, 40, 6000), (flow.BytesOut!.Value, flow.BytesIn!.Value, flow.PacketsOut!.Value, flow.PacketsIn!.Value, flow.DurationMs!.Value));
        Assert.Equal(Handshake.None, flow.Handshake);
        Assert.Equal(612, reading.Observations[1].Process!.Pid);
    }

    [Fact]
    public void A_copy_of_the_console_takes_its_date_from_the_input()
    {
        NetworkReading reading = NetworkReading.Of("default\t23:05:52.535357-0500\tSample\t" + Close, new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero));

        // 23:05 at −5 h is 04:05 UTC of the day the input was written, less the six seconds that it lasted.
        Assert.Equal(new(2026, 3, 2, 4, 5, 46, 535, TimeSpan.Zero), reading.Observations[0].RecordTime!.Value.AddTicks(-3570));
        Assert.Null(reading.Observations[0].Time);
        Assert.Equal("localhost|Sample", reading.Observations[0].Process!.Key!.Value.Value);
    }

    [Fact]
    public void A_copy_of_the_console_in_an_input_without_a_time_is_a_dead_letter() =>
        Assert.Contains("no date", NetworkReading.Of("default\t23:05:52.535357-0500\tSample\t[C4 " + Uuid + " 192.0.2.7:8000 tcp, definite] start").Reason(), StringComparison.Ordinal);

    [Theory]
    [InlineData("TCP @0.000s took 0.014s", "tcp, definite", 100, Handshake.None)]
    [InlineData("TCP @0.000s took 0.014s", "tcp, definite", 0, Handshake.Unknown)]
    [InlineData("DNS @0.000s took 0.014s", "tcp, tls, definite", 0, Handshake.Unknown)]
    [InlineData("TCP @0.000s took 0.014s", "tcp, tls, definite", 100, Handshake.Unknown)]
    [InlineData("TCP @0.000s took 0.014s, TLS 1.3 took 0.030s", "tcp, tls, definite", 100, Handshake.Established)]
    [InlineData("TCP @0.000s took 0.014s, TLS took 0.030s", "tcp, tls, definite", 100, Handshake.Established)]
    [InlineData("TCP @0.000s took 0.014s,  took 0.030s", "tcp, tls, definite", 100, Handshake.Established)]
    [InlineData("TCP @0.000s took 0.014s", "quic-connection, definite", 100, Handshake.Unknown)]
    [InlineData("QUIC @0.000s took 0.014s", "quic-connection, definite", 100, Handshake.Established)]
    public void The_log_says_itself_whether_there_was_tls(string took, string parameters, int bytes, Handshake expected)
    {
        NetworkReading reading = NetworkReading.Of(Json(
            $"[C4 {Uuid} 192.0.2.7:8000 {parameters}] cancelled\n\t[C4.1 {Uuid} 10.30.0.8:51000<->192.0.2.7:8000]\n\tDuration: 6.000s, {took}\n\tbytes in/out: 0/{bytes}, packets in/out: 1/1"));

        Assert.All(reading.Observations, observation => Assert.Equal(expected, observation.Flow!.Handshake));
        Assert.Equal(2, reading.Observations.Count);
    }

    [Theory]
    [InlineData("Hostname#1feeda98:443", 443, null)]
    [InlineData("IPv4#65424f8e:443", 443, null)]
    [InlineData("IPv6#47c3fd32.443", 443, null)]
    [InlineData("<private>", 0, null)]
    [InlineData("<private>:8443", 8443, null)]
    [InlineData("<mask.hash: 'Vd3tkwvQ=='>:443", 443, null)]
    [InlineData("(null)", 0, null)]
    [InlineData("name(redacted):443", 443, null)]
    [InlineData("relay.example.net:8443", 8443, "relay.example.net")]
    public void A_redacted_peer_keeps_what_is_in_clear(string peer, int port, string? name)
    {
        Observation observation = NetworkReading.Of(Json($"[C4 {Uuid} {peer} {Parameters}] start")).Single();

        Assert.True(observation.Flow!.IsPartial);
        Assert.Equal((port, name), (observation.Flow.DstPort, observation.Flow.ServerName));
    }

    [Fact]
    public void A_redacted_peer_joins_on_the_local_side()
    {
        NetworkReading reading = NetworkReading.Of(Json(
            $"[C4 {Uuid} Hostname#1feeda98:443 tcp, tls, definite] cancelled\n\t[C4.1 {Uuid} 2001:db8::1.56539<->IPv6#47c3fd32.443]\n\tDuration: 1.0s, TCP @0.0s took 0.1s, TLS 1.3 took 0.1s\n\tbytes in/out: 5/7"));

        FlowFields flow = reading.Observations[1].Flow!;
        Assert.Equal(("2001:db8::1", 56539, 443), (flow.SrcIp.ToString(), flow.SrcPort, flow.DstPort));
        Assert.Equal((7, 5), (flow.BytesOut!.Value, flow.BytesIn!.Value));
        Assert.Null(flow.PacketsIn);
    }

    [Theory]
    [InlineData("127.0.0.1:47253")]
    [InlineData("::1.47253")]
    [InlineData("localhost:47253")]
    public void What_stays_on_the_host_is_skipped(string peer) => Assert.Equal(1, NetworkReading.Of(Json($"[C4 {Uuid} {peer} {Parameters}] start")).Counts.Skipped);

    [Theory]
    [InlineData("2025-06-24 14:32:40.176682+0300 0x78e2     Default     0x0                  612    0    Sample: {0}")]
    [InlineData("2025-06-24 14:32:40.176682+0300  localhost Sample[612]: {0}")]
    [InlineData("2025-06-24 14:32:40.176 Df Sample[612:4505afd] {0}")]
    [InlineData("default\t17:05:52.535357-0500\tSample\t{0}")]
    public void Further_lines_of_any_kind_belong_to_their_entry(string head)
    {
        string text = head.Replace("{0}", "state {", StringComparison.Ordinal) + "\n\tindented\nplain 😀\n}\n{\"a\":1}\n{ broken\n<key>x</key>\n--> arrow\n\n[1, 2]\n";
        NetworkReading reading = NetworkReading.Of(text);

        Assert.Empty(reading.Letters);
        Assert.Empty(reading.Observations);
        Assert.Equal(reading.Counts.Records, reading.Counts.BySource[SourceNames.UnifiedLog]);
    }

    [Fact]
    public void The_next_input_does_not_go_on_with_the_last_entry_of_the_one_before()
    {
        CipherWatch.Core.Tests.Ingestion.Reading reading = new();
        using MemoryStream first = new(System.Text.Encoding.UTF8.GetBytes("2025-06-24 14:32:40.176 Df Sample[612:4505afd] " + Close));
        using MemoryStream second = new("what is this?"u8.ToArray());
        reading.Stream(first);
        reading.Stream(second);
        reading.Finish();

        Assert.Equal(2, reading.Observations.Count);
        Assert.Single(reading.DeadLetters);
    }

    [Theory]
    [InlineData("cipher suite TLS_AES_128_GCM_SHA256 offered")]
    [InlineData("encrypting backup with a password")]
    [InlineData("AES-256 is on")]
    public void Words_about_encryption_are_no_use_of_a_cipher(string message) => Assert.Equal(1, NetworkReading.Of(Json(message)).Counts.Skipped);

    private static string Json(string message) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["traceID"] = 1,
        ["eventMessage"] = message,
        ["eventType"] = "logEvent",
        ["subsystem"] = "com.apple.network",
        ["category"] = "connection",
        ["processImagePath"] = "/Applications/Sample.app/Contents/MacOS/Sample",
        ["timestamp"] = "2025-06-24 14:32:40.176682+0300",
        ["senderImagePath"] = "/System/Library/Frameworks/Network.framework/Versions/A/Network",
        ["machTimestamp"] = 123,
        ["processID"] = 612,
    });
}

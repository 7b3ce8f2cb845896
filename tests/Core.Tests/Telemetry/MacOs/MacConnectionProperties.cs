using System.Text.Json;
using CipherWatch.Core.Tests.Telemetry.Network;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.MacOs;

/// <summary>Lines about connections in any order, some of them twice, split over runs: together they say the same.</summary>
public class MacConnectionProperties
{
    private static readonly string[] Lines =
    [
        .. Connection(4, "11111111-2222-4333-8444-555555555500", "relay.example.net:8443", "192.0.2.7:8443", tls: true),
        .. Connection(5, "11111111-2222-4333-8444-555555555510", "Hostname#1feeda98:443", "IPv4#01020304:443", tls: true),
        .. Connection(6, "11111111-2222-4333-8444-555555555520", "192.0.2.9:9000", "192.0.2.9:9000", tls: false),
        .. Connection(7, "11111111-2222-4333-8444-555555555530", "open.example.net:443", null, tls: true),
        Entry("tcp connect outgoing: [10.30.0.8:61500<->198.51.100.30:4444] interface: en0 (skipped: 0)\nso_gencnt: 8 t_state: SYN_SENT process: helper:98 SYN in/out: 0/1", "/kernel", 0),
        Entry("tcp connect outgoing: [10.30.0.8:51005<->203.0.113.5:443] interface: en0 (skipped: 0)\nso_gencnt: 9 t_state: SYN_SENT process: Sample:612 SYN in/out: 0/1", "/kernel", 0),
        Entry("tcp_connection_summary (tcp_close:1)[10.30.0.8:61500<->198.51.100.30:4444] interface: en0 (skipped: 0)\nso_gencnt: 8 t_state: CLOSED process: helper:98 Duration: 5.001 sec bytes in/out: 1/2 pkts in/out: 3/4 ", "/kernel", 0),
    ];

    private static readonly string InOrder = Facts([Lines]);

    [Property(MaxTest = 300)]
    public void Order_and_duplicates_do_not_matter(int seed)
    {
        Random random = new(seed);
        List<string> lines = [.. Lines, .. Lines.Where(_ => random.Next(3) == 0)];
        string[] shuffled = [.. lines.OrderBy(_ => random.Next())];

        Assert.Equal(InOrder, Facts([shuffled]));
    }

    [Fact]
    public void What_is_not_known_in_one_run_is_not_lost_in_another()
    {
        // Split between runs, the start and the end still name the same connection.
        HashSet<string> ids = [.. Lines.SelectMany(line => NetworkReading.Of(line).Observations).Select(observation => observation.Id.ToString())];
        HashSet<string> together = [.. NetworkReading.Of(string.Join('\n', Lines)).Observations.Select(observation => observation.Id.ToString())];

        Assert.Equal(together.Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
    }

    /// <summary>What all observations of an id say together: of each field the most that is known.</summary>
    private static string Facts(string[][] runs) => string.Join('\n', runs
        .SelectMany(run => NetworkReading.Of(string.Join('\n', run)).Observations)
        .GroupBy(observation => observation.Id)
        .OrderBy(group => group.Key)
        .Select(group => string.Join(
            ' ',
            group.Key,
            group.Max(observation => observation.Flow?.Handshake),
            group.Max(observation => observation.Flow?.Application),
            group.Max(observation => observation.Flow?.SrcIp),
            group.Max(observation => observation.Flow?.DstIp),
            group.Max(observation => observation.Flow?.DstPort),
            group.Max(observation => observation.Flow?.BytesOut),
            group.Max(observation => observation.Flow?.ServerName),
            group.Max(observation => observation.Flow?.DurationMs))));

    private static IEnumerable<string> Connection(int number, string uuid, string asked, string? reached, bool tls)
    {
        string parameters = tls ? "tcp, tls, definite, attribution: developer" : "tcp, definite, attribution: developer";
        yield return Entry($"[C{number} {uuid} {asked} {parameters}] start");
        yield return Entry($"[C{number}.1 {reached ?? "192.0.2.77:443"} ready socket-flow (satisfied)] event: flow:finish_connect @0.040s");
        if (tls)
        {
            yield return Entry($"nw_protocol_boringssl_signal_connected(724) [C{number}.1:2][0x7fe] TLS connected [version(0x0304) alpn(h2)]");
        }

        if (reached is not null)
        {
            yield return Entry($"[C{number} {uuid} {asked} {parameters}] cancelled\n\t[C{number}.1 {uuid} 10.30.0.8:{51000 + number}<->{reached}]\n\tDuration: 6.000s, TCP @0.000s took 0.014s\n\tbytes in/out: 120/{number}, packets in/out: 40/61");
        }
    }

    private static string Entry(string message, string process = "/Applications/Sample.app/Contents/MacOS/Sample", int pid = 612) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["eventMessage"] = message,
        ["processImagePath"] = process,
        ["timestamp"] = "2025-06-24 14:32:40.176682+0300",
        ["machTimestamp"] = 123,
        ["processID"] = pid,
    });
}

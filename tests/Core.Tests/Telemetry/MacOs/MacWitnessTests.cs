using System.Text.Json;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.MacOs;

/// <summary>One connection that Network.framework and the kernel both tell of, each with the other end hidden or in clear.</summary>
public partial class MacWitnessTests
{
    private const string Clear = "198.51.100.30";
    private const string Hash = "IPv4#47c3fd32";
    private const string Redacted = "<IPv4-redacted>";

    [Theory]
    [InlineData(Clear, Clear)]
    [InlineData(Hash, Clear)]
    [InlineData(Clear, Redacted)]
    [InlineData(Hash, Redacted)]
    public void It_counts_once(string framework, string kernel)
    {
        string[] lines = [.. Enumerable.Range(0, 5).SelectMany(number => (string[])[.. Framework(number, framework), .. Kernel(number, kernel)])];

        DestinationDay destination = Assert.Single(Assert.Single(Days(lines)).Destinations);
        Assert.Equal((5, framework != Hash || kernel != Redacted), (destination.Count, !destination.Ip.IsUnspecified));
        Assert.Equal(Handshake.None, destination.Handshake);

        // Whatever the order, and however they are cut into runs.
        string told = Text(destination);
        Assert.Equal(told, Text(Assert.Single(Assert.Single(Days([.. lines.Reverse()])).Destinations)));
        Assert.Equal(5, Days(lines, runs: true).Single().Destinations.Sum(one => one.Count));
    }

    [Fact]
    public void The_kernel_alone_counts_by_itself_and_so_does_what_it_tells_beyond()
    {
        string[] kernel = [.. Enumerable.Range(0, 5).SelectMany(number => Kernel(number, Redacted))];
        string[] both = [.. kernel, .. Framework(0, Clear), .. Framework(1, Clear)];

        Assert.Equal(5, Assert.Single(Assert.Single(Days(kernel)).Destinations).Count);
        Assert.Equal([(true, 3L), (false, 2L)], Assert.Single(Days(both)).Destinations.Select(one => (one.Ip.IsUnspecified, one.Count)));
    }

    [Fact]
    public void A_hidden_address_is_that_of_the_socket_with_the_same_local_end()
    {
        foreach (string[] lines in (string[][])[[.. Framework(0, Hash), .. Kernel(0, Clear)], [.. Kernel(0, Clear), .. Framework(0, Hash)]])
        {
            Observation[] told = [.. NetworkReading.Of(string.Join('\n', lines)).Observations.Where(one => one.FlowUid?.StartsWith('1') == true)];

            Assert.All(
                told.GroupBy(one => one.Id),
                one => Assert.Equal(Clear, one.Select(observation => observation.Flow!.DstIp).Max().ToString()));
            Assert.Equal(2, told.Select(one => one.Id).Distinct().Count());
        }

        // Of another process, another port, or another time it is another's.
        foreach (string other in (string[])[
            .. Kernel(0, Clear, pid: 613), .. Kernel(1, Clear, gap: 0), .. Kernel(0, Clear, gap: 20)])
        {
            Assert.DoesNotContain(
                NetworkReading.Of(string.Join('\n', [.. Framework(0, Hash), other])).Observations,
                one => one.FlowUid?.StartsWith('1') == true && !one.Flow!.DstIp.IsUnspecified);
        }
    }

    [Theory]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("9999-12-31 23:59:59")]
    public void At_the_ends_of_time_it_is_a_time_like_any_other(string second)
    {
        string[] lines = [.. Framework(0, Hash), .. Kernel(0, Clear)];
        NetworkReading reading = NetworkReading.Of(string.Join('\n', lines.Select(line => DateOf().Replace(line, second).Replace("\\u002B0300", "\\u002B0000", StringComparison.Ordinal))));
        Assert.True(reading.Counts.Records > 0);
    }

    [System.Text.RegularExpressions.GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:]{8}")]
    private static partial System.Text.RegularExpressions.Regex DateOf();

    [Fact]
    public void A_connection_whose_name_a_later_line_resolves_has_one_destination()
    {
        string[] lines = Framework(0, Clear);
        string start = lines[0].Replace(Clear + ":4444", "relay.example.net:4444", StringComparison.Ordinal);
        string end = lines[1].Replace("[C10 11111111-2222-4333-8444-555555555500 " + Clear + ":4444", "[C10 11111111-2222-4333-8444-555555555500 relay.example.net:4444", StringComparison.Ordinal);

        DestinationDay destination = Assert.Single(Assert.Single(Days([start, end])).Destinations);
        Assert.Equal((1, Clear, "relay.example.net"), (destination.Count, destination.Ip.ToString(), destination.Name));
    }

    private static IReadOnlyList<DayConnections> Days(string[] lines, bool runs = false)
    {
        IEnumerable<string> inputs = runs ? lines : [string.Join('\n', lines)];
        return DayConnections.Of(inputs.SelectMany(input => NetworkReading.Of(input).Observations)
            .Select(ObservationFacts.OfProcess).OfType<ProcessFacts>().Aggregate(static (known, more) => known.Merge(more)));
    }

    private static string Text(DestinationDay destination) =>
        string.Join(' ', destination.Ip, destination.Count, destination.Handshake, string.Join(',', destination.Times), string.Join(',', destination.Observations));

    /// <summary>A connection of four seconds without TLS, a minute after the one before.</summary>
    private static string[] Framework(int number, string remote)
    {
        const string Parameters = "tcp, definite, attribution: developer";
        string uuid = FormattableString.Invariant($"11111111-2222-4333-8444-5555555555{number:d2}");
        string end = $"{remote}:4444";
        return
        [
            Entry($"[C1{number} {uuid} {end} {Parameters}] start", number, 0, "/Applications/Sample.app/Contents/MacOS/Sample", 612),
            Entry(
                $"[C1{number} {uuid} {end} {Parameters}] cancelled\n\t[C1{number}.1 {uuid} 10.30.0.8:{51000 + number}<->{end}]\n\tDuration: 4.000s, TCP @0.000s took 0.014s\n\tbytes in/out: 120/90, packets in/out: 4/6",
                number, 4, "/Applications/Sample.app/Contents/MacOS/Sample", 612),
        ];
    }

    private static string[] Kernel(int number, string remote, int pid = 612, int gap = 0) =>
    [
        Entry(
            $"tcp connect outgoing: [{(remote == Redacted ? Redacted : "10.30.0.8")}:{51000 + number}<->{remote}:4444] interface: en0 (skipped: 0)\nso_gencnt: {900 + number} t_state: SYN_SENT process: Sample:{pid} SYN in/out: 0/1",
            number, gap, "/kernel", 0),
    ];

    private static string Entry(string message, int minute, int second, string process, int pid) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["eventMessage"] = message,
        ["processImagePath"] = process,
        ["timestamp"] = FormattableString.Invariant($"2025-06-24 14:{32 + minute}:{10 + second}.176682+0300"),
        ["machTimestamp"] = 123,
        ["processID"] = pid,
    });
}

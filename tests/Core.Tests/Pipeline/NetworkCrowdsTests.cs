using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Pipeline;

/// <summary>Many network findings that are alike are one, whatever their order.</summary>
public class NetworkCrowdsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, 1)]
    [InlineData(300, 1)]
    public void Of_one_source(int channels, int standing)
    {
        IReadOnlyList<Detection> found = Gather(Enumerable.Range(0, channels).Select(number => Channel(7, number)));

        Assert.Equal(standing, found.Count(detection => detection.SupersededBy is null));
        Assert.Equal(standing == 1 ? channels + 1 : channels, found.Count);
    }

    [Fact]
    public void Of_one_destination()
    {
        Detection one = Assert.Single(Gather(Enumerable.Range(0, 20).Select(number => Channel(number, 1))), detection => detection.SupersededBy is null);

        Assert.Contains("19 other sources", one.Title, StringComparison.Ordinal);
        Assert.Equal("203.0.113.1", one.Destination!.Ip.ToString());
    }

    [Fact]
    public void It_says_how_many_and_names_a_few_and_is_as_severe_as_its_surest()
    {
        Detection one = Assert.Single(
            Gather(Enumerable.Range(0, 40).Select(number => Channel(7, number, number == 33 ? 72 : 45))), detection => detection.SupersededBy is null);

        EvidencePiece alike = Assert.Single(one.Evidence, piece => piece.Kind == EvidenceKind.ChannelsAlike.Name);
        Assert.StartsWith("40 channels alike: 10.20.0.7 to 203.0.113.33:9000/tcp, ", alike.Detail, StringComparison.Ordinal);
        Assert.Contains("and 37 more", alike.Detail, StringComparison.Ordinal);
        Assert.Equal((72, Severity.High, Noon), (one.Confidence, one.Severity, one.Time));
        Assert.Equal(one.Confidence, one.Evidence.Sum(piece => piece.Weight));
    }

    [Property(MaxTest = 50)]
    public void Order_does_not_matter(int seed)
    {
        Detection[] channels = [.. Enumerable.Range(0, 30).Select(number => Channel(number % 3, number, 40 + (number % 7)))];
        IReadOnlyList<Detection> straight = Gather(channels);
        new Random(seed).Shuffle(channels);

        Assert.Equal(straight.Select(DetectionJson.ToUtf8), Gather(channels).Select(DetectionJson.ToUtf8));
    }

    [Fact]
    public void More_channels_revise_it_and_do_not_make_another()
    {
        static DetectionId Id(int channels) => Gather(Enumerable.Range(0, channels).Select(number => Channel(7, number))).Single(detection => detection.SupersededBy is null).DetectionId;

        Assert.Equal(Id(6), Id(60));
    }

    [Fact]
    public void Days_kinds_and_what_is_dealt_with_already_are_kept_apart()
    {
        IReadOnlyList<Detection> found = Gather(
        [
            .. Enumerable.Range(0, 4).Select(number => Channel(7, number)),
            .. Enumerable.Range(10, 4).Select(number => Channel(7, number) with { WindowStart = Noon.AddDays(1) }),
            .. Enumerable.Range(20, 4).Select(number => Channel(7, number, kind: "payloadXor")),
            .. Enumerable.Range(30, 9).Select(number => Channel(7, number) with { SupersededBy = new(1) }),
            .. Enumerable.Range(40, 9).Select(number => Channel(7, number) with { AnalyticId = "AN0400" }),
        ]);

        Assert.DoesNotContain(found, detection => detection.Evidence.Any(piece => piece.Kind == EvidenceKind.ChannelsAlike.Name));
    }

    private static IReadOnlyList<Detection> Gather(IEnumerable<Detection> channels) => NetworkCrowds.Gather([.. channels], DetectionSettings.Default);

    private static Detection Channel(int source, int destination, int confidence = 45, string kind = "encryptedNoHandshake")
    {
        IpAddress from = Address($"10.20.0.{source}");
        IpAddress to = Address($"203.0.113.{destination % 250}");
        ushort port = (ushort)(9000 + (destination / 250));
        DateTimeOffset time = Noon.AddSeconds(destination);
        return new()
        {
            DetectionId = DetectionId.Create("AN0404", from.ToString(), $"{to}:{port}/6", DateOnly.FromDateTime(time.UtcDateTime)),
            Time = time,
            AnalyticId = "AN0404",
            Technique = Techniques.SymmetricCryptography,
            Platform = TelemetryPlatform.Network,
            Severity = confidence >= 70 ? Severity.High : Severity.Medium,
            Confidence = confidence,
            Title = $"{from} sends encrypted payload without a key exchange to {to}:{port}",
            SourceIp = from,
            Destination = new(to, port, "tcp", null),
            WindowStart = time,
            WindowEnd = time,
            SettingsVersion = "test",
            Evidence = [new(kind, time, confidence, "detail", [])],
        };
    }

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out IpAddress address) ? address : default;
}

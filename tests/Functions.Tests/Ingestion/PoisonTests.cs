using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Tests.Golden;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Ingestion;

/// <summary>A record of each format that is broken in the middle of a batch: the partition goes on, and its bytes are kept.</summary>
public class PoisonTests
{
    private const long Sequence = 1_000;

    /// <summary>Formats of text that may end anywhere and go on in lines that look like nothing.</summary>
    private static readonly string[] Endless = ["csv", "event-text", "syslog", "unified-log"];

    private static readonly Lazy<IReadOnlyList<string>> Clean = new(() => StandingAsync().GetAwaiter().GetResult());

    public static TheoryData<string> Formats => [.. GoldenInputs.Formats];

    [Fact]
    public void Every_format_that_is_read_has_a_poison() => Assert.Empty(FormatNames.All.Except(GoldenInputs.Formats));

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_record_that_is_cut_short_is_kept_and_stops_nothing(string format)
    {
        foreach (byte[] input in GoldenInputs.Of(format).Select(File.ReadAllBytes))
        {
            // Inside of the last line that says something, or of the last bytes of a file that has no lines.
            byte[] cut = input[..(int)(input.AsSpan().TrimEnd("\r\n \0"u8).Length - 3)];
            (App app, IReadOnlyList<KeptLetter> letters) = await PoisonedAsync([.. cut, .. "\n\u0001\u0002{\"broken\":"u8]);
            Assert.True(letters.Count > 0 || Endless.Contains(format), format);
            Assert.Empty(Clean.Value.Except(app.Detections.Standing()));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Bytes_that_are_overwritten_stop_nothing(string format)
    {
        Random random = new(20260302);
        foreach (byte[] input in GoldenInputs.Of(format).Select(File.ReadAllBytes))
        {
            byte[] broken = [.. input];
            for (int at = 0; at < broken.Length; at += random.Next(1, 64))
            {
                broken[at] = (byte)random.Next(256);
            }

            (App app, IReadOnlyList<KeptLetter> letters) = await PoisonedAsync(broken);
            Assert.All(letters, letter => Assert.NotEmpty(letter.Letter.Reason));
            Assert.Empty(Clean.Value.Except(app.Detections.Standing()));
        }
    }

    private static async Task<(App App, IReadOnlyList<KeptLetter> Letters)> PoisonedAsync(byte[] poison)
    {
        IReadOnlyList<string> records = Fleet.Records();
        App app = new();
        await app.TriggerAsync(
            [.. Fleet.Events(records.Take(30)), Fleet.Event(poison, Sequence), .. Fleet.Events(records.Skip(30), Sequence + 1)]);
        await app.RunAsync();
        await app.LookAgainAsync();
        return (app, [.. app.Letters.Held.Where(letter => letter.Origin.SequenceNumber == Sequence)]);
    }

    private static async Task<IReadOnlyList<string>> StandingAsync()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(Fleet.Records()));
        await app.RunAsync();
        await app.LookAgainAsync();
        return app.Detections.Standing();
    }
}

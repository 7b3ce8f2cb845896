using System.Text;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.TestData;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Ingestion;

/// <summary>What must hold for any mixture of whole, cut and foreign pieces, and for any bytes at all.</summary>
public class SplitProperties
{
    private static readonly string[] Pieces =
    [
        Nxlog.ModuleLoad, Nxlog.Connection, Nxlog.RegistryEvent, Nxlog.SecurityEvent, Nxlog.ModuleLoad[..150], Nxlog.Connection[^40..],
        "{", "}", "[", "]", "[{", "{\"records\":[", "{\"x\":1,\"records\":[", "]}", ",", "\"", "\\", "\"\\\"", "{\"a\":", "{\"a\":[", "{\"a\":[1,",
        "\n", "\n", "\n", "\r\n", " ", "\uFEFF", "\0", "text", "[2025-03-04] text", "<14>Mar  4 host daemon: text", "null", "1e5", "-", "tru",
        "<?xml version=\"1.0\"?>", "<Events>", "</Events>", "<Event>", "<Event ", "</Event>", "<!-- note -->", "<!--", "<Data Name='",
        "<Event><System><Channel>Security</Channel><EventID>4688</EventID></System></Event>", "#fields\tts\tuid", "{\"a\":1}", "{}", "[]", "[[]]",
    ];

    public static Arbitrary<string[]> Mixtures() => Gen.Elements(Pieces).ArrayOf().ToArbitrary();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Text_in_utf_16_is_accounted_for_too(int missing)
    {
        byte[] bytes = Encoding.Unicode.GetBytes($"{Nxlog.ModuleLoad}\nwhat is this?\n{Nxlog.Connection}");
        Reading reading = Reading.Of(bytes[..^missing]);

        Assert.Equal(3, reading.Counts.Records);
        Coverage.AssertComplete(bytes[..^missing], reading);
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(SplitProperties)], EndSize = 40)]
    public void Any_split_of_any_mixture_reads_the_same_and_nothing_is_lost(string[] mixture, PositiveInt size, PositiveInt other)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(mixture));
        Reading whole = Reading.Of(bytes);
        Coverage.AssertComplete(bytes, whole);
        Assert.Equal(whole.Counts.Records, whole.RecordsDone);
        string expected = whole.Summary();
        Assert.Equal(expected, Reading.InChunks(bytes, 1).Summary());
        Assert.Equal(expected, Reading.InChunks(bytes, size.Get, other.Get).Summary());
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_are_read_without_throwing_and_none_is_lost(byte[] bytes, PositiveInt size)
    {
        Reading whole = Reading.Of(bytes);
        Assert.Equal(whole.Summary(), Reading.InChunks(bytes, size.Get).Summary());

        // Chance writes an empty array now and then, which is an envelope with nothing in it; it writes nothing else.
        Assert.Equal(whole.Counts.Records, whole.Counts.DeadLettered + whole.Counts.BySource.GetValueOrDefault(SourceNames.Envelope));
    }

    [Property(MaxTest = 500, Arbitrary = [typeof(SplitProperties)], EndSize = 40)]
    public void A_stream_that_fails_reads_as_one_that_ends(string[] mixture, PositiveInt size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(mixture));
        Reading failed = new();
        Assert.Throws<IOException>(() => failed.Stream(new ChunkedStream(bytes, [size.Get], new IOException("gone"))));
        Assert.Equal(Reading.Of(bytes).Summary(), failed.Summary());
    }
}

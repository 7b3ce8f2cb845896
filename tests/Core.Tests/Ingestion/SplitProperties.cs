using System.Text;
using CipherWatch.Core.Ingestion;
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

    [Property(MaxTest = 1000, Arbitrary = [typeof(SplitProperties)], EndSize = 40)]
    public void Any_split_of_any_mixture_reads_the_same_and_nothing_is_lost(string[] mixture, PositiveInt size, PositiveInt other)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(mixture));
        Reading whole = Reading.Of(bytes);

        // A mixture with zeros in the right places is UTF-16; then places are those of the text that it holds.
        if (ContentSniffer.Utf16(bytes) is null)
        {
            Coverage.AssertComplete(bytes, whole);
        }

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

        // An empty array comes up now and then, and is skipped.
        Assert.Equal(0, whole.Counts.Observed);
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

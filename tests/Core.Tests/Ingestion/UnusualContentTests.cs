using System.IO.Compression;
using System.Text;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Captures.Packets;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Telemetry.Captures;
using CipherWatch.Core.Tests.TestData;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Ingestion;

public class UnusualContentTests
{
    private const string TwoLines = Nxlog.ModuleLoad + "\r\n" + Nxlog.Connection + "\r\n";

    public static TheoryData<string, byte[]> Utf16 => new()
    {
        { "little-endian with a mark", [0xff, 0xfe, .. Encoding.Unicode.GetBytes(TwoLines)] },
        { "big-endian with a mark", [0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes(TwoLines)] },
        { "little-endian without a mark", Encoding.Unicode.GetBytes(TwoLines) },
        { "big-endian without a mark", Encoding.BigEndianUnicode.GetBytes(TwoLines) },
    };

    [Theory]
    [MemberData(nameof(Utf16))]
    public void Utf16_is_read_as_the_text_it_is(string form, byte[] bytes)
    {
        string expected = Reading.Of(TwoLines).Summary();
        Assert.Equal((form, expected), (form, Reading.Of(bytes).Summary()));
        Assert.Equal((form, expected), (form, Reading.InChunks(bytes, 1).Summary()));
        Assert.Equal(2, Reading.InChunks(bytes, 3, 1).Counts.Observed);
    }

    [Fact]
    public void A_mark_of_utf16_before_other_text_changes_no_byte()
    {
        byte[] bytes = [0xff, 0xfe, .. Encoding.UTF8.GetBytes(TwoLines)];
        Reading reading = Reading.Of(bytes);
        Assert.Equal((1, 1), (reading.Counts.Observed, reading.Counts.DeadLettered));
        Assert.Equal(bytes[..(Nxlog.ModuleLoad.Length + 2)], reading.DeadLetters[0].Raw.ToArray());
    }

    [Fact]
    public void Gzip_is_read_through_in_bodies_and_streams()
    {
        byte[] packed = Gzip(Encoding.UTF8.GetBytes(TwoLines));
        string expected = Reading.Of(TwoLines).Summary();
        Assert.Equal(expected, Reading.Of(packed).Summary());
        Assert.Equal(expected, Reading.InChunks(packed, 1).Summary());
        Assert.Equal(TwoLines.Length, Reading.Of(packed).Counts.Bytes);
        Assert.Equal(expected, Reading.Of(Gzip([0xff, 0xfe, .. Encoding.Unicode.GetBytes(TwoLines)])).Summary());
    }

    [Fact]
    public void A_cut_gzip_body_yields_its_whole_records_and_is_kept()
    {
        byte[] packed = Gzip(Encoding.UTF8.GetBytes(Unlike(200)));
        byte[] cut = packed[..(packed.Length / 2)];
        Reading reading = Reading.Of(cut);
        Assert.InRange(reading.Counts.Observed, 1, 199);
        DeadLetter kept = reading.DeadLetters[^1];
        Assert.Equal(cut, kept.Raw.ToArray());
        Assert.Contains("gzip", kept.Reason, StringComparison.Ordinal);
        Assert.Equal(reading.Counts.Records, reading.RecordsDone);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("sum")]
    [InlineData("length")]
    public void A_damaged_gzip_stream_yields_what_came_out_before_and_its_rest_is_kept(string damage)
    {
        byte[] packed = Gzip(Encoding.UTF8.GetBytes(Unlike(2000)));
        switch (damage)
        {
            case "cut":
                packed = packed[..(packed.Length / 2)];
                break;
            case "flipped":
                packed.AsSpan(packed.Length / 2, 16).Fill(0xff);
                break;
            case "sum":
                packed[^8] ^= 1;
                break;
            default:
                packed[^1] ^= 1;
                break;
        }

        Reading reading = Reading.InChunks(packed, 1000);
        Assert.Equal(reading.Summary(), Reading.InChunks(packed, 7, 50_000).Summary());
        Assert.InRange(reading.Counts.Observed, damage is "sum" or "length" ? 2000 : 500, 2000);
        DeadLetter kept = reading.DeadLetters[^1];
        Assert.Equal(packed[(int)kept.Origin.Offset..], kept.Raw.ToArray());
        Assert.Contains("gzip that is damaged", kept.Reason, StringComparison.Ordinal);
        Assert.Equal(reading.Counts.Records, reading.RecordsDone);
    }

    [Property(MaxTest = 300)]
    public void All_that_stands_before_damage_is_given(byte[] content, bool endsWithZero)
    {
        content = endsWithZero ? [1, .. content, 0] : [1, .. content];
        byte[] packed = Gzip(content);
        packed[^8] ^= 1;
        foreach (SalvagingStream stream in (SalvagingStream[])[
            SalvagingStream.Gzip(new MemoryStream(packed)),
            SalvagingStream.Gzip(new MemoryStream(packed), () => new MemoryStream(packed)),
            new(() => new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))])
        {
            byte[] given = new byte[content.Length + 1];
            int length = 0;
            Assert.Throws<InvalidDataException>(() =>
            {
                while (stream.Read(given.AsSpan(length)) is var read and > 0)
                {
                    length += read;
                }
            });
            Assert.Equal(content, given[..length]);
            Assert.Throws<InvalidDataException>(() => stream.ReadByte());
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Behind_gzip_may_stand_padding_and_nothing_else(byte value, int letters)
    {
        byte[] packed = [.. Gzip(Encoding.UTF8.GetBytes(TwoLines)), .. Enumerable.Repeat(value, 20_000)];
        foreach (Reading reading in (Reading[])[Reading.Of(packed), Reading.InChunks(packed, 300)])
        {
            Assert.Equal((2, letters), (reading.Counts.Observed, reading.Counts.DeadLettered));
            Assert.All(reading.DeadLetters, letter => Assert.Equal(packed[(int)letter.Origin.Offset..], letter.Raw.ToArray()));
        }
    }

    [Fact]
    public void A_capture_in_damaged_gzip_keeps_its_flows_and_the_piece_that_was_cut()
    {
        byte[] capture = [.. new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, new byte[400]).Pcap(), .. new byte[7]];
        byte[] packed = Gzip(capture);
        packed[^8] ^= 1;
        Reading reading = Reading.InChunks(packed, 100);
        Assert.Equal((1, 2), (reading.Counts.Observed, reading.Counts.DeadLettered));
        Assert.Equal(new byte[7], reading.DeadLetters[0].Raw.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void A_stream_that_fails_has_read_what_it_gave(int size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(TwoLines + Nxlog.Connection[..50]);
        Reading reading = new();
        Assert.Throws<IOException>(() => reading.Stream(new ChunkedStream(bytes, [size], new IOException("gone"))));
        Assert.Equal(Reading.Of(bytes).Summary(), reading.Summary());
        Assert.Equal((2, 1), (reading.Counts.Observed, reading.Counts.DeadLettered));
    }

    [Fact]
    public void Binary_content_is_one_dead_letter_in_parts()
    {
        byte[] bytes = new byte[(2 << 20) + 777];
        new Random(7).NextBytes(bytes);
        foreach (Reading reading in (Reading[])[Reading.Of(bytes), Reading.InChunks(bytes, 1 << 16), Reading.InChunks(bytes, 999)])
        {
            Assert.Equal((1, 1), (reading.Counts.Records, reading.Counts.DeadLettered));
            Assert.Equal(3, reading.DeadLetters.Count);
            Assert.Equal(bytes, reading.DeadLetters.SelectMany(letter => letter.Raw.ToArray()));
            Assert.Contains("Binary", reading.DeadLetters[0].Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ElfFile\0rest", "evtx")]
    [InlineData("\u000a\u000d\u000d\u000arest", "capture")]
    public void Known_containers_are_named(string content, string word)
    {
        DeadLetter letter = Assert.Single(Reading.Of(content).DeadLetters);
        Assert.Contains(word, letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_in_the_middle_cost_only_their_line()
    {
        string padded = TwoLines + new string('\0', 100) + "\n" + TwoLines;
        Reading reading = Reading.Of(padded);
        Assert.Equal((4, 1), (reading.Counts.Observed, reading.Counts.DeadLettered));
        Assert.Equal(reading.Summary(), Reading.InChunks(Encoding.UTF8.GetBytes(padded), 1).Summary());
    }

    [Fact]
    public void Bytes_of_another_code_page_matter_only_where_they_are_used()
    {
        byte[] description = Encoding.Latin1.GetBytes(Nxlog.ModuleLoad.Replace("{\"Ev", "{\"Product\":\"Micros\u00aeft\",\"Ev", StringComparison.Ordinal));
        Assert.Equal(1, Reading.Of(description).Counts.Observed);
        byte[] image = Encoding.Latin1.GetBytes(Nxlog.ModuleLoad.Replace("ada", "j\u00fcrgen", StringComparison.Ordinal));
        Assert.Contains("UTF-8", Assert.Single(Reading.Of(image).DeadLetters).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_longer_than_may_be_held_is_kept_in_parts_and_what_follows_is_read()
    {
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes(Nxlog.Connection + "\n{\"a\":\""),
            .. Enumerable.Repeat((byte)'x', 64 << 20),
            .. Encoding.UTF8.GetBytes("\"}\n" + Nxlog.ModuleLoad),
        ];
        Reading whole = Reading.Of(bytes);
        Assert.Equal((2, 1), (whole.Counts.Observed, whole.Counts.DeadLettered));
        Assert.Equal((64 << 20) + 9, whole.DeadLetters.Sum(letter => (long)letter.Raw.Length));
        Assert.Equal(Enumerable.Range(0, whole.DeadLetters.Count), whole.DeadLetters.Select(letter => letter.Part));
        Reading chunked = Reading.InChunks(bytes, 70_001);
        Assert.Equal(whole.Pieces, chunked.Pieces);
    }

    [Fact]
    public void A_cut_record_before_more_than_may_be_held_costs_only_its_line()
    {
        string line = Nxlog.SecurityEvent + ",\n";
        byte[] bytes = Encoding.UTF8.GetBytes("{\"list\":[\n" + string.Concat(Enumerable.Repeat(line, (40 << 20) / line.Length)) + Nxlog.Connection);
        Reading reading = Reading.Of(bytes);
        Assert.Equal((1, (40 << 20) / line.Length, 1), (reading.Counts.Observed, reading.Counts.Skipped, reading.Counts.DeadLettered));
    }

    private static string Unlike(int lines) => string.Concat(Enumerable.Range(0, lines).Select(index =>
        Nxlog.Connection.Replace("22.904", $"22.{index:000}", StringComparison.Ordinal)
            .Replace("7312", $"{new Random(index).Next()}", StringComparison.Ordinal) + "\n"));

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}

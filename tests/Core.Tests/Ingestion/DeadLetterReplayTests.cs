using System.Text;
using System.Text.Json;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Golden;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Ingestion;

/// <summary>A file of dead letters is an input like any other: read again, each letter is the letter that it was.</summary>
public class DeadLetterReplayTests
{
    public static TheoryData<string> Cases => [.. GoldenInputs.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Letters_of_every_golden_come_back(string name)
    {
        foreach (string input in GoldenInputs.Of(name))
        {
            AssertComesBack(Reading.InChunks(File.ReadAllBytes(input), 4000).DeadLetters);
        }
    }

    [Property(MaxTest = 300)]
    public void Letters_of_damaged_input_come_back_or_are_read(int seed)
    {
        Random random = new(seed);
        string[] inputs = [.. GoldenInputs.Cases.SelectMany(GoldenInputs.Of)];
        byte[] one = File.ReadAllBytes(inputs[random.Next(inputs.Length)]);
        byte[] other = File.ReadAllBytes(inputs[random.Next(inputs.Length)]);
        List<DeadLetter> letters = Reading.Of(Mutations.Damage(one, other, random)).DeadLetters;
        Reading again = Reading.Of(FileOf(letters));
        Assert.Equal(again.Counts.Records, again.RecordsDone);

        // Cut out of what stood around it, a piece may be a record of its own. What is still none is the same letter.
        HashSet<string> before = [.. letters.Select(Text)];
        Assert.All(again.DeadLetters.Where(letter => letters.Any(known => known.Raw.Span.SequenceEqual(letter.Raw.Span))),
            letter => Assert.Contains(Text(letter), before));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Text_in_utf_16_is_kept_in_utf_16(string encoding)
    {
        byte[] line = Encoding.GetEncoding(encoding).GetBytes("{\"hello\":\"wörld \U0001F600\"}");
        Reading reading = Reading.Of(line);
        Assert.Equal(line, Assert.Single(reading.DeadLetters).Raw.ToArray());
        AssertComesBack(reading.DeadLetters);
    }

    /// <summary>As spreadsheets and PowerShell export them.</summary>
    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_row_of_a_table_is_kept_in_its_encoding_behind_the_names_of_its_columns(string encoding)
    {
        const string Header = "Timestamp,DeviceId,DeviceName,ActionType,RemoteIP,RemotePort,LocalIP,LocalPort,Protocol,ReportId\r\n";
        const string Row = "2026-02-03T08:15:21.234Z,dd,wörk.example,ConnectionSuccess,203.0.113.44,99999,10.20.4.42,51820,Tcp,5";
        Encoding written = Encoding.GetEncoding(encoding);
        Reading reading = Reading.Of([.. written.GetPreamble(), .. written.GetBytes(Header + Row + "\r\n")]);
        Assert.Equal("\uFEFF" + Header + Row, written.GetString(Assert.Single(reading.DeadLetters).Raw.Span));
        AssertComesBack(reading.DeadLetters);
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_survive_utf_16(byte[] bytes, bool bigEndian)
    {
        using MemoryStream utf8 = new();
        new Utf16Stream(new ChunkedStream(bytes, [3, 1, 7]), bigEndian).CopyTo(utf8);
        Assert.Equal(bytes, Utf16Text.Of(utf8.ToArray(), bigEndian));
    }

    [Fact]
    public void Small_numbers_are_no_text()
    {
        // A datagram of NetFlow 1 and one record: 16-bit numbers that look like control characters in UTF-16.
        byte[] datagram = [0, 1, 0, 1, .. new byte[60]];
        Assert.Equal(datagram, Assert.Single(Reading.Of(datagram).DeadLetters).Raw.ToArray());
    }

    [Fact]
    public void What_is_behind_the_break_of_a_capture_is_kept()
    {
        byte[] capture = File.ReadAllBytes(GoldenInputs.Of("capture").First());
        byte[] junk = [.. Enumerable.Repeat((byte)0xee, 3_000_000)];
        Reading reading = Reading.InChunks([.. capture, .. junk], 70_000);
        Assert.Equal(1, reading.Counts.DeadLettered);
        byte[] kept = [.. reading.DeadLetters.SelectMany(letter => letter.Raw.ToArray())];
        Assert.Equal(junk, kept[^junk.Length..]);
        AssertComesBack(reading.DeadLetters);
    }

    private static void AssertComesBack(List<DeadLetter> letters)
    {
        Reading again = Reading.Of(FileOf(letters));
        Assert.Equal(letters.Select(Text), again.DeadLetters.Select(Text));
        Assert.Equal((letters.Count(letter => letter.Part == 0), 0), (again.Counts.DeadLettered, again.Counts.Observed));
    }

    private static string Text(DeadLetter letter) =>
        $"{letter.Origin} {letter.Source} {letter.Reason} {letter.Part} {Convert.ToHexString(letter.Raw.Span)}";

    private static byte[] FileOf(IEnumerable<DeadLetter> letters)
    {
        using MemoryStream stream = new();
        foreach (DeadLetter letter in letters)
        {
            using (Utf8JsonWriter writer = new(stream, ObservationJson.Options))
            {
                writer.WriteStartObject();
                writer.WriteString("file", letter.Origin.Input);
                writer.WriteNumber("line", letter.Origin.Line);
                writer.WriteNumber("offset", letter.Origin.Offset);
                DeadLetterJson.WriteFields(writer, letter);
                writer.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }
}

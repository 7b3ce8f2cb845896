using System.Text;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.TestData;

namespace CipherWatch.Core.Tests.Ingestion;

public class AccountingTests
{
    private const string Load = Nxlog.ModuleLoad;
    private const string Connection = Nxlog.Connection;
    private const string Other = Nxlog.SecurityEvent;

    public static TheoryData<string, string, long, long, long> Shapes => new()
    {
        { "one a line", $"{Load}\n{Connection}\n{Other}\n", 2, 1, 0 },
        { "no end of line at the end", $"{Load}\n{Connection}", 2, 0, 0 },
        { "CRLF", $"{Load}\r\n{Other}\r\n{Connection}\r\n", 2, 1, 0 },
        { "blank lines", $"\n\n \t\r\n{Load}\n\n\n{Connection}\n\n", 2, 0, 0 },
        { "a byte order mark", $"\uFEFF{Load}\n{Connection}\n", 2, 0, 0 },
        { "a byte order mark of each concatenated file", $"\uFEFF{Load}\n\uFEFF{Connection}\n", 2, 0, 0 },
        { "glued", $"{Load}{Connection}{Other}", 2, 1, 0 },
        { "glued, then more lines", $"{Load}{Connection}\n{Other}{Load}\n", 3, 1, 0 },
        { "commas between", $"{Load},\n{Connection},{Other}\n", 2, 1, 0 },
        { "an array over lines", $"[\n{Load},\n{Connection}\n]\n", 2, 0, 0 },
        { "an array on one line", $"[{Load},{Connection},{Other}]", 2, 1, 0 },
        { "arrays after one another", $"[{Load}][{Connection}]\n[{Other}]", 2, 1, 0 },
        { "an array in an array", $"[[{Load}],[{Connection},{Other}]]", 2, 1, 0 },
        { "an empty array", "[]", 0, 1, 0 },
        { "an array cut after an element", $"[{Load},", 1, 0, 0 },
        { "an array cut in an element", $"[{Load},{Connection[..80]}", 1, 0, 1 },
        { "records", $"{{\"records\":[{Load},{Connection}]}}", 2, 0, 0 },
        { "records over lines", $"{{ \"records\" :\n[\n{Load},\n{Connection}\n]\n}}\n{Other}", 2, 1, 0 },
        { "several envelopes", $"{{\"records\":[{Load}]}}\n{{\"records\":[{Other}]}}{{\"records\":[{Connection}]}}", 2, 1, 0 },
        { "records behind other fields", $"{{\"schema\":{{\"v\":1}},\"records\":[{Load},{Connection}],\"next\":null}}{Other}", 2, 1, 0 },
        { "records before other fields", $"{{\"records\":[{Load}],\"count\":1,\"x\":[{{\"a\":\"]}}\"}}]}}\n{Other}", 1, 1, 0 },
        { "empty records", "{\"records\":[]}", 0, 1, 0 },
        { "empty records behind another field", "{\"a\":1,\"records\":[ ]}", 0, 1, 0 },
        { "records in records", $"{{\"records\":[{{\"records\":[{Load}]}},{Other}]}}", 1, 1, 0 },
        { "records cut in an element", $"{{\"records\":[{Load},{Connection[..60]}", 1, 0, 1 },
        { "records cut at their start", "{\"records\":[", 0, 0, 1 },
        { "records that are no objects", $"{{\"records\":[1,\"two\",null,[3],{Load}]}}", 1, 0, 4 },
        { "records whose brace is missing", $"{{\"records\":[{{\"records\":[{Load}]],7]}}\n{Other}", 1, 1, 1 },
        { "records whose rest ends with a bracket", $"{{\"records\":[{Load}],\"x\":7]\n{Other}", 1, 1, 1 },
        { "a record cut in a string", $"{Load[..200]}\n{Connection}\n", 1, 0, 1 },
        { "a record cut behind a comma", "{\"EventID\":1,\n" + Connection + "\n" + Load, 2, 0, 1 },
        { "a record cut behind a colon", "{\"EventID\":\n" + Connection + "\n" + Load, 2, 0, 1 },
        { "a record cut in a nested object", "{\"a\":{\"b\":1\n" + Connection + "\n" + Load, 2, 0, 1 },
        { "a record cut in a nested array", "{\"a\":[1,\n" + Connection + "\n" + Load + "\n" + Other, 2, 1, 1 },
        { "a cut record at the end", $"{Load}\n{Connection[..100]}", 1, 0, 1 },
        { "a missing comma", $"{{\"a\":1 \"b\":2}}\n{Load}", 1, 0, 1 },
        { "a trailing comma", $"{{\"a\":1,}}\n{Load}", 1, 0, 1 },
        { "a missing comma over lines", $"{{\n \"a\": 1\n \"b\": {{\"c\":2}}\n}}\n{Load}", 1, 0, 1 },
        { "text between", $"hello\n{Load}\nworld {{\"a\":1}}\n{Connection}", 2, 0, 2 },
        { "text that starts with a bracket", $"[2025-03-04 10:00:00] started\n{Load}", 1, 0, 1 },
        { "JSON of no known format", "{\"hello\":\"world\"}", 0, 0, 1 },
        { "an empty object", "{}", 0, 0, 1 },
        { "nothing", "", 0, 0, 0 },
        { "only blanks", " \n\t\r\n", 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Each_record_is_counted_once(string shape, string text, long observed, long skipped, long deadLettered)
    {
        Reading reading = Reading.Of(text);
        Assert.Equal((shape, observed, skipped, deadLettered), (shape, reading.Counts.Observed, reading.Counts.Skipped, reading.Counts.DeadLettered));
        Assert.Equal(reading.Counts.Records, reading.RecordsDone);
        Assert.Equal(deadLettered, reading.DeadLetters.Count);
        Coverage.AssertComplete(Encoding.UTF8.GetBytes(text), reading);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_split_reads_the_same(string shape, string text, long observed, long skipped, long deadLettered)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string whole = Reading.Of(bytes).Summary();
        foreach (int[] sizes in (int[][])[[1], [2], [3], [7], [64], [1, 5, 100]])
        {
            Assert.Equal((shape, whole), (shape, Reading.InChunks(bytes, sizes).Summary()));
        }

        Assert.Equal(observed + skipped + deadLettered, Reading.Of(bytes).Counts.Records);
    }

    [Fact]
    public void Pretty_printed_objects_are_whole_records()
    {
        string pretty = Load.Replace(",\"", ",\n  \"", StringComparison.Ordinal).Replace("{\"Ev", "{\n  \"Ev", StringComparison.Ordinal);
        Reading reading = Reading.Of($"{pretty}\n{pretty}\n[\n{pretty},\n{pretty}\n]");
        Assert.Equal((4, 0), (reading.Counts.Observed, reading.Counts.DeadLettered));
    }

    [Fact]
    public void Deep_nesting_on_one_line_is_passed_over()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        Reading reading = Reading.Of("{\"deep\":" + deep + "," + Load[1..] + "\n" + Connection);
        Assert.Equal(2, reading.Counts.Observed);
    }

    [Fact]
    public void A_dead_letter_says_where_it_stood()
    {
        Reading reading = Reading.Of($"\n{Load}\n{{\"records\":[{Other},\n\n{{\"x\":1}}]}}");
        DeadLetter letter = Assert.Single(reading.DeadLetters);
        Assert.Equal(5, letter.Origin.Line);
        Assert.Equal("{\"x\":1}", Encoding.UTF8.GetString(letter.Raw.Span));
        Assert.Equal(1 + Load.Length + 1 + 12 + Other.Length + 3, letter.Origin.Offset);
    }

    [Fact]
    public void Of_a_name_that_stands_twice_the_first_counts()
    {
        Reading reading = Reading.Of("{\"EventID\":4688," + Load[1..]);
        Assert.Equal(1, reading.Counts.Skipped);
    }
}

using System.Text;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Json;

/// <summary>Whatever came before, a record's fields are found as if it were the first.</summary>
public class FieldOrderTests
{
    private static readonly string[] Names =
    [
        "ts", "uid", "proto", "service", "unknown", "another", string.Empty, "id.orig_h", "id.orig_h2", "ts\\u0031", "event_type",
        "a_name_that_is_longer_than_a_vector_of_bytes_is", "a_name_of_exactly_29_bytes___", "a_name_of_exactly_30_bytes____", "x",
    ];

    private static readonly string[] Values = ["1", "-1.5e3", "\"text\"", "\"with \\\" quote\"", "true", "null", "{\"ts\":1}", "[1,2]", "\"\""];

    [Property(MaxTest = 500)]
    public Property Finds_what_a_scan_without_memory_finds() => Prop.ForAll(Records().ArrayOf().ToArbitrary(), records =>
    {
        FieldSlots remembering = new(FormatTable.Index);
        return records.All(record =>
        {
            byte[] text = Encoding.UTF8.GetBytes(record);
            JsonRecord one = JsonRecord.ScanRecord(text, remembering, skips: false);
            JsonRecord other = JsonRecord.ScanRecord(text, new(FormatTable.Index), skips: false);
            return one.Status == other.Status && one.End == other.End && one.Fields.SequenceEqual(other.Fields);
        });
    });

    /// <summary>The shorter way is a beginning of the longer one.</summary>
    [Theory]
    [InlineData("\"text\"")]
    [InlineData("12")]
    [InlineData("{\"a\":1}")]
    [InlineData("true")]
    public void Blanks_before_a_value_come_and_go(string value)
    {
        FieldSlots slots = new(FormatTable.Index);
        int ts = FormatTable.Index.Names.Find("ts"u8);
        foreach (string blanks in (string[])[string.Empty, " ", string.Empty, "  ", "\t"])
        {
            byte[] text = Encoding.UTF8.GetBytes($"{{\"ts\":{blanks}{value},\"uid\":\"a text that is as long as a vector\"}}");
            JsonRecord record = JsonRecord.ScanRecord(text, slots, skips: false);
            Assert.Equal(JsonStatus.Complete, record.Status);
            Assert.Equal(value.Trim('"'), Encoding.UTF8.GetString(record[ts].Of(text)));
        }
    }

    [Fact]
    public void More_names_than_are_remembered_do_no_harm()
    {
        FieldSlots slots = new(FormatTable.Index);
        for (int record = 0; record < 2000; record++)
        {
            byte[] text = Encoding.UTF8.GetBytes($$"""{"name{{record}}":1,"ts":{{record}},"name{{record + 1}}":2,"uid":"C1","padding":"0123456789012345678901234567890"}""");

            JsonRecord scanned = JsonRecord.ScanRecord(text, slots, skips: false);

            Assert.True(scanned[FormatTable.Index.Names.Find("ts"u8)].TryInteger(text, out long number));
            Assert.Equal(record, number);
            Assert.Equal("C1", scanned[FormatTable.Index.Names.Find("uid"u8)].Text(text));
        }
    }

    private static Gen<string> Records() =>
        from fields in Gen.Zip(Gen.Elements(Names), Gen.Elements(Values)).ArrayOf()
        from colon in Gen.Elements(":", ":", ": ", " :")
        from tail in Gen.Elements("}", "}", "}\n" + new string(' ', 40), ",", string.Empty)
        select "{" + string.Join(',', fields.Select(field => $"\"{field.Item1}\"{colon}{field.Item2}")) + tail;
}

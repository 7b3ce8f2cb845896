using System.Reflection;
using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Golden;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.Formats;

/// <summary>No format stands outside: each row of the table has its golden baselines, and each baseline its row.</summary>
public class FormatTableTests
{
    private static readonly TopLevelFields OfNoRow = new();

    public static TheoryData<string> Rows => [.. FormatTable.All.Select(NameOf)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_reads_a_golden_of_its_name(string name)
    {
        Format row = FormatTable.All.Single(row => NameOf(row) == name);
        byte[][] inputs = [.. GoldenInputs.Of(row.Name).Select(File.ReadAllBytes)];

        Assert.True(inputs.Any(input => IsReadBy(row, input)), $"No input in tests/Golden/{row.Name} is read by the row {name}: add a case.");
        Assert.Contains(inputs, input => NetworkReading.Of(input, row.IsImplied ? null : row.Name).Counts.Observed > 0);
    }

    [Fact]
    public void Goldens_are_of_formats_of_the_table() => Assert.Empty(GoldenInputs.Formats.Except(FormatTable.All.Select(row => row.Name)));

    [Fact]
    public void Formats_of_one_kind_have_names_of_their_own() => Assert.Distinct(FormatTable.All.Select(NameOf));

    [Fact]
    public void Every_declaration_of_top_level_fields_is_a_rows() => Assert.All(
        typeof(TopLevelFields).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(TopLevelFields)),
        field => Assert.True(
            FormatTable.Json.Any(row => ReferenceEquals(row.TopLevel, field.GetValue(null))),
            $"{field.DeclaringType}'s fields are in no row of the table."));

    [Fact]
    public void A_name_has_one_place_whichever_formats_declare_it() => Assert.All(
        FormatTable.Json.SelectMany(row => row.TopLevel.Names.Select(name => (row.TopLevel, name))),
        field => Assert.Equal(FormatTable.Index.Names.Find(System.Text.Encoding.UTF8.GetBytes(field.name)), field.TopLevel.At(field.name)));

    [Fact]
    public void A_name_that_no_row_declares_is_refused_once_the_table_is_complete()
    {
        RuntimeHelpers.RunClassConstructor(typeof(FormatTable).TypeHandle);

        Assert.Contains("of no row", Assert.Throws<InvalidOperationException>(() => OfNoRow.At("of no row")).Message, StringComparison.Ordinal);
        Assert.Equal(FormatTable.Index.Names.Find("ts"u8), OfNoRow.At("ts"));
    }

    /// <summary>A record is shown to the rows that declare one of its fields, and to no other.</summary>
    [Fact]
    public void No_row_takes_a_record_that_has_none_of_its_fields() => Assert.All(FormatTable.Json, row =>
    {
        string[] others = [.. FormatTable.Json.SelectMany(other => other.TopLevel.Names).Except(row.TopLevel.Names).Distinct(StringComparer.Ordinal)];
        foreach (string value in (string[])["1", "\"text\"", "\"1700000000.123:4\"", "{\"a\":1}", "[{\"a\":1}]", "\"{\\\"a\\\":1}\"", "true"])
        {
            byte[] text = System.Text.Encoding.UTF8.GetBytes($"{{{string.Join(',', others.Select(name => $"\"{name}\":{value}"))}}}");
            JsonRecord record = JsonRecord.ScanRecord(text, new(FormatTable.Index), skips: false);

            Assert.Equal(JsonStatus.Complete, record.Status);
            Assert.False(row.Fits(record), $"'{row.Name}' takes a record of fields that it does not declare, written as {value}.");
        }
    });

    [Fact]
    public void A_record_is_shown_to_every_row_that_takes_it()
    {
        FieldSlots slots = new(FormatTable.Index);
        int taken = 0;
        foreach (byte[] input in GoldenInputs.Formats.SelectMany(GoldenInputs.Of).Select(File.ReadAllBytes))
        {
            for (int at = Array.IndexOf(input, (byte)'{'); at >= 0; at = Array.IndexOf(input, (byte)'{', at + 1))
            {
                JsonRecord record = JsonRecord.ScanRecord(input.AsSpan(at), slots, skips: false);
                for (int row = 0; record.Status == JsonStatus.Complete && row < FormatTable.Json.Length; row++)
                {
                    if (FormatTable.Json[row].Fits(record))
                    {
                        taken++;
                        Assert.NotEqual(0UL, record.Rows & (1UL << row));
                    }
                }
            }
        }

        Assert.True(taken > FormatTable.Json.Length, "The golden baselines hold hardly a record.");
    }

    private static string NameOf(Format row) => $"{row.GetType().Name} {row.Name}";

    private static bool IsReadBy(Format row, byte[] input) => row switch
    {
        JsonFormat => Objects(input).Contains(row),
        LineFormat => Lines(input).Contains(row),
        InputFormat format => format.Opens(input),
        _ => input.AsSpan().IndexOf("<Event"u8) >= 0,
    };

    /// <summary>The rows that read the JSON objects of an input, those within others among them.</summary>
    private static HashSet<Format> Objects(byte[] input)
    {
        HashSet<Format> rows = [];
        FieldSlots slots = new(FormatTable.Index);
        for (int at = Array.IndexOf(input, (byte)'{'); at >= 0; at = Array.IndexOf(input, (byte)'{', at + 1))
        {
            JsonRecord record = JsonRecord.ScanRecord(input.AsSpan(at), slots, skips: false);
            foreach (JsonFormat format in record.Status == JsonStatus.Complete ? FormatTable.Json : [])
            {
                if (format.Fits(record))
                {
                    rows.Add(format);
                    break;
                }
            }
        }

        return rows;
    }

    /// <summary>The rows that read the lines of an input.</summary>
    private static HashSet<Format> Lines(byte[] input)
    {
        RecordContext context = new(new NetworkReading(), new(), FormatTable.Index);
        HashSet<Format> rows = [];
        foreach (byte[] line in GoldenInputs.Lines(input))
        {
            LineFormat? row = FormatTable.Lines.FirstOrDefault(format =>
                format.Headers.Any(header => header.First == line[0] && header.Takes(line, context)) || format.TryNormalize(line, context, out _));
            if (row is not null)
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}

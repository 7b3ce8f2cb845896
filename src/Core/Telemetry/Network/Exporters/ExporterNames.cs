using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;
using Field = CipherWatch.Core.Telemetry.Network.Exporters.ExporterField;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>Finds what exporters write under all the names it has.</summary>
internal static class ExporterNames
{
    /// <summary>What stands in an object of its own: Filebeat writes the names of IPFIX there with underscores.</summary>
    private static readonly (string Name, Field Field)[] Inner =
    [
        .. ExporterSpellings.Rows,
        .. ExporterSpellings.Rows.Where(row => char.IsAsciiLetterLower(row.Name[0])).Select(row => (Name: Underscored(row.Name), row.Field))
            .ExceptBy(ExporterSpellings.Rows.Select(row => row.Name), row => row.Name),
    ];

    private static readonly FieldNames Exporter = new("uptime_millis");

    /// <summary>The names, to be scanned for where a collector puts them into an object of their own.</summary>
    public static readonly FieldNames Nested = new([.. Inner.Select(row => row.Name), "exporter"]);

    /// <summary>How many fields there are.</summary>
    public static readonly int Count = Enum.GetValues<Field>().Length;

    private static readonly int[] Places = [.. ExporterSpellings.Rows.Select(row => TopLevel.At(row.Name))];

    /// <summary>Finds the fields at the top level of a record.</summary>
    public static void Find(in JsonRecord record, Span<FieldSpan> fields)
    {
        fields.Clear();
        for (int row = 0; row < ExporterSpellings.Rows.Length; row++)
        {
            Take(fields, ExporterSpellings.Rows[row].Field, record[Places[row]]);
        }
    }

    /// <summary>Finds the fields of an object that was scanned for <see cref="Nested"/>.</summary>
    public static void FindNested(in JsonRecord record, Span<FieldSpan> fields)
    {
        fields.Clear();
        for (int row = 0; row < Inner.Length; row++)
        {
            Take(fields, Inner[row].Field, record[row]);
        }

        Take(fields, Field.Uptime, record.Nested(Inner.Length, Exporter, stackalloc FieldSpan[1])[0]);
    }

    /// <summary><c>sourceIPv4Address</c> as <c>source_ipv4_address</c>.</summary>
    private static string Underscored(string name) => string.Concat(name.Select((letter, at) =>
        char.IsAsciiLetterUpper(letter) && !char.IsAsciiLetterUpper(name[at - 1]) ? $"_{char.ToLowerInvariant(letter)}"
            : $"{char.ToLowerInvariant(letter)}"));

    private static void Take(Span<FieldSpan> fields, Field field, FieldSpan value)
    {
        if (value.HasValue && value.Length > 0 && !fields[(int)field].HasValue)
        {
            fields[(int)field] = value;
        }
    }
}

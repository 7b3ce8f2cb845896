using CipherWatch.Core.Telemetry.Json;
using Field = CipherWatch.Core.Telemetry.Network.Exporters.ExporterField;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>Finds what exporters write under all the names it has.</summary>
internal static class ExporterNames
{
    /// <summary>The names, to be scanned for where a collector puts them into an object of their own.</summary>
    public static readonly FieldNames Nested = new([.. ExporterSpellings.Rows.Select(row => row.Name)]);

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
        for (int row = 0; row < ExporterSpellings.Rows.Length; row++)
        {
            Take(fields, ExporterSpellings.Rows[row].Field, record[row]);
        }
    }

    private static void Take(Span<FieldSpan> fields, Field field, FieldSpan value)
    {
        if (value.HasValue && value.Length > 0 && !fields[(int)field].HasValue)
        {
            fields[(int)field] = value;
        }
    }
}

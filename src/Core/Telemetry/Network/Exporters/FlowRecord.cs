using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>
/// Flow records of NetFlow and IPFIX collectors as JSON: nfdump, pmacct, goflow2, nProbe, the Logstash codec, Filebeat,
/// super_mediator.
/// </summary>
/// <remarks>
/// The halves of a conversation are separate records; they meet in the flow's facts, which are keyed alike from both ends.
/// </remarks>
internal static class FlowRecord
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Netflow = TopLevel.At("netflow");
    private static readonly int Flows = TopLevel.At("flows");
    private static readonly int AtTimestamp = TopLevel.At("@timestamp");

    /// <summary>Where each of <see cref="ExporterSpellings.Rows"/> stands.</summary>
    private static readonly int[] Places = TopLevel.At(ExporterSpellings.Rows.Select(row => row.Name));

    /// <summary>The addresses of both ends under one collector's names: the table lists them in the same order.</summary>
    private static readonly (int Source, int Destination)[] Ends =
        [.. PlacesOf(ExporterField.Source).Zip(PlacesOf(ExporterField.Destination))];

    /// <summary>A flow record has both addresses under one collector's names, or an object of them.</summary>
    public static bool Fits(in JsonRecord record)
    {
        if (record[Netflow].Form == FieldForm.Object || record[Flows].Form == FieldForm.Object)
        {
            return true;
        }

        foreach ((int source, int destination) in Ends)
        {
            if (record.Has(source) && record.Has(destination))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads one record.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        Span<FieldSpan> fields = stackalloc FieldSpan[ExporterNames.Count];
        int container = record[Netflow].Form == FieldForm.Object ? Netflow : record[Flows].Form == FieldForm.Object ? Flows : -1;
        if (container < 0)
        {
            ExporterNames.Find(record, Places, fields);
        }
        else
        {
            JsonRecord nested = record.Nested(container, ExporterNames.Nested, stackalloc FieldSpan[ExporterNames.Nested.Count]);
            ExporterNames.FindNested(nested, fields);
            if (record.Has(AtTimestamp) && !fields[(int)ExporterField.Received].HasValue)
            {
                fields[(int)ExporterField.Received] = record[AtTimestamp];
            }

            // Options data and templates come through the same pipe, and are of no flow.
            if (!fields[(int)ExporterField.Source].HasValue && !fields[(int)ExporterField.Destination].HasValue)
            {
                return RecordResult.Skipped(SourceNames.Netflow);
            }
        }

        return new ExporterRecord { Text = record.Text, Fields = fields }.Normalize(context);
    }
    private static IEnumerable<int> PlacesOf(ExporterField field) => Places.Where((_, row) => ExporterSpellings.Rows[row].Field == field);
}

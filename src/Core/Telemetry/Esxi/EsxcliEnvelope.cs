using System.Text;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// What a collector says of a listing that says neither where nor when it was made: a line above it,
/// <c># esxcli network ip connection list host=esx01.example.org time=2026-01-31T12:00:00Z</c>, or an object around it,
/// <c>{"esxcli":"network ip connection list","host":…,"time":…,"output":…}</c>, whose output is the text of any formatter or a list
/// of rows.
/// </summary>
internal static class EsxcliEnvelope
{
    private static readonly int[] InOrder = [.. Enumerable.Range(0, EsxcliFields.Count)];

    /// <summary>An object of a collector's.</summary>
    public static bool Fits(in JsonRecord record) => record.Has(EsxcliJson.Command) && record.Has(EsxcliJson.Output);

    /// <summary>Reads the listing inside.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        EsxcliListing listing = context.Of(EsxiState.State).Listing;
        listing.Begin();
        listing.Host = record[EsxcliJson.Host].Text(record.Text);
        FieldValues values = context.Values(record.Text);
        listing.Time = EsxcliJson.Time(record, values);
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.Esxcli, fault);
        }

        FieldSpan output = record[EsxcliJson.Output];
        RecordResult result = output.Form == FieldForm.Array ? Rows(record.Text, output, listing, context) : Lines(record, output, context);
        listing.Begin();
        return result;
    }

    /// <summary>Reads the collector's line, from behind its mark on; says what is wrong with it.</summary>
    public static string? ReadLine(ReadOnlySpan<byte> line, EsxcliListing listing)
    {
        string? fault = null;
        while (!line.IsEmpty)
        {
            ReadOnlySpan<byte> word = EsxiText.Token(ref line);
            if (word.StartsWith("host="u8))
            {
                listing.Host = Encoding.UTF8.GetString(word[5..]);
            }
            else if (word.StartsWith("time="u8))
            {
                bool isTime = Timestamps.TryParse(word[5..], out DateTimeOffset time);
                listing.Time = isTime ? time : null;
                fault = isTime ? fault : "'time' is no time.";
            }
        }

        return fault;
    }

    private static RecordResult Lines(in JsonRecord record, FieldSpan output, RecordContext context)
    {
        using UnescapedText text = new(record.Text, output);
        RecordResult worst = RecordResult.Skipped(SourceNames.Esxcli);
        foreach (Range place in text.Bytes.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text.Bytes[place].Trim(" \t\r"u8);
            if (line.IsEmpty)
            {
                continue;
            }

            RecordResult result = EsxcliText.Fits(line) ? EsxcliText.Normalize(line, context)
                : EsxcliXml.Fits(line) ? EsxcliXml.Normalize(line, context)
                : RecordResult.Skipped(SourceNames.Esxcli);
            worst = Worse(worst, result);
        }

        return worst;
    }

    private static RecordResult Rows(ReadOnlySpan<byte> text, FieldSpan output, EsxcliListing listing, RecordContext context)
    {
        RecordResult worst = RecordResult.Skipped(SourceNames.Esxcli);
        Span<FieldSpan> fields = stackalloc FieldSpan[EsxcliFields.Count];
        JsonScanner rows = JsonScanner.OverArray(text, output.Start);
        while (rows.NextElement(out FieldSpan row))
        {
            if (row.Form == FieldForm.Object)
            {
                JsonRecord cells = JsonRecord.Scan(text, row.Start, EsxcliFields.Names, fields);
                worst = Worse(worst, EsxcliJson.Read(cells, InOrder, listing.Host, listing.Time, context));
            }
        }

        return worst;
    }

    /// <summary>One outcome for all rows: a row that cannot be read keeps the listing, to be read once its reason is mended.</summary>
    private static RecordResult Worse(RecordResult left, RecordResult right) =>
        left.Outcome == RecordOutcome.DeadLettered || (left.Outcome == RecordOutcome.Observed && right.Outcome == RecordOutcome.Skipped)
            ? left
            : right;
}

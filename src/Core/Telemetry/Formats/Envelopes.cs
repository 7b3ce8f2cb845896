using System.Buffers;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>
/// Objects that hold many records, as APIs answer and agents send: Elasticsearch's <c>hits</c>, the KQL API's <c>tables</c>, advanced
/// hunting's <c>Results</c>, PowerShell's <c>value</c>, OTLP's <c>resourceLogs</c>, the <c>data</c> that osquery's TLS logger posts.
/// Each record inside is counted by itself.
/// </summary>
internal static class Envelopes
{
    private const int MaxColumns = 1024;

    public static readonly TopLevelFields TopLevel = new()
    {
        Tells = ["hits", "tables", "Results", "results", "value", "resourceLogs", "rows", "log_type"],
        Lists = ["tables", "Results", "results", "value", "resourceLogs", "rows", "columns"],
    };

    private static readonly int Hits = TopLevel.At("hits");
    private static readonly int Tables = TopLevel.At("tables");
    private static readonly int Columns = TopLevel.At("columns");
    private static readonly int Rows = TopLevel.At("rows");
    private static readonly int[] Lists = TopLevel.At(["Results", "results", "value"]);
    private static readonly int LogType = TopLevel.At("log_type");
    private static readonly int Logged = TopLevel.At("data");
    private static readonly int ResourceLogs = TopLevel.At("resourceLogs");

    private static readonly FieldNames HitsName = new("hits");
    private static readonly FieldNames TableNames = new("columns", "rows", "Columns", "Rows");
    private static readonly FieldNames ColumnNames = new("name", "ColumnName");
    private static readonly FieldNames ScopeLogs = new("scopeLogs");
    private static readonly FieldNames LogRecords = new("logRecords");
    private static readonly FieldNames Body = new("body");

    /// <summary>Some field holds records.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Hits].Form == FieldForm.Object || record[Tables].Form == FieldForm.Array || record[ResourceLogs].Form == FieldForm.Array
        || (record[Columns].Form == FieldForm.Array && record[Rows].Form == FieldForm.Array) || List(record) >= 0;

    /// <summary>Reads each record inside.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        if (context.Depth >= WrappedRecord.MaxDepth)
        {
            return RecordResult.DeadLettered(SourceNames.Unrecognised, "Records are nested in one another too deep.");
        }

        bool any;
        ReadOnlySpan<byte> text = record.Text;
        if (record[Hits].Form == FieldForm.Object)
        {
            any = Elements(text, record.Nested(Hits, HitsName, stackalloc FieldSpan[1])[0], context);
        }
        else if (record[ResourceLogs].Form == FieldForm.Array)
        {
            any = Logs(text, record[ResourceLogs], context);
        }
        else if (record[Tables].Form == FieldForm.Array)
        {
            any = false;
            JsonScanner tables = JsonScanner.OverArray(text, record[Tables].Start);
            Span<FieldSpan> parts = stackalloc FieldSpan[TableNames.Count];
            while (tables.NextElement(out FieldSpan table))
            {
                if (table.Form == FieldForm.Object)
                {
                    Lines(text, table.Start, parts);
                    any |= Table(text, Either(parts[0], parts[2]), Either(parts[1], parts[3]), context);
                }
            }
        }
        else
        {
            any = List(record) is >= 0 and var list ? Elements(text, record[list], context)
                : Table(text, record[Columns], record[Rows], context);
        }

        return any ? RecordResult.Held(SourceNames.Envelope) : RecordResult.Skipped(SourceNames.Envelope);
    }

    private static int List(in JsonRecord record)
    {
        foreach (int place in Lists)
        {
            if (IsList(record, place))
            {
                return place;
            }
        }

        return record.Has(LogType) && IsList(record, Logged) ? Logged : -1;
    }

    private static bool IsList(in JsonRecord record, int place) => record[place].Form == FieldForm.Array
        && record.Text[(record[place].Start + 1)..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)']', ..];

    private static bool Elements(ReadOnlySpan<byte> text, FieldSpan list, RecordContext context)
    {
        bool any = false;
        JsonScanner elements = new(text, -1);
        if (list.Form == FieldForm.Array)
        {
            elements = JsonScanner.OverArray(text, list.Start);
            while (elements.NextElement(out FieldSpan element))
            {
                any = true;
                context.Take(element.Of(text));
            }
        }

        return any;
    }

    /// <summary>Names of columns once, then rows of values: each row becomes an object.</summary>
    private static bool Table(ReadOnlySpan<byte> text, FieldSpan columns, FieldSpan rows, RecordContext context)
    {
        if (columns.Form != FieldForm.Array || rows.Form != FieldForm.Array)
        {
            return false;
        }

        List<FieldSpan> names = [];
        JsonScanner heads = JsonScanner.OverArray(text, columns.Start);
        Span<FieldSpan> slots = stackalloc FieldSpan[ColumnNames.Count];
        while (heads.NextElement(out FieldSpan head) && names.Count < MaxColumns)
        {
            names.Add(head.Form == FieldForm.Object
                ? Either(JsonRecord.Scan(text, head.Start, ColumnNames, slots)[0], slots[1]) : head);
        }

        bool any = false;
        ArrayBufferWriter<byte> plain = new();
        JsonScanner lines = JsonScanner.OverArray(text, rows.Start);
        while (lines.NextElement(out FieldSpan line))
        {
            plain.ResetWrittenCount();
            plain.Write("{"u8);
            if (line.Form == FieldForm.Array)
            {
                Row(text, line, names, plain);
            }

            plain.Write("}"u8);
            any = true;
            context.Take(line.Form == FieldForm.Array ? plain.WrittenSpan : line.Of(text));
        }

        return any;
    }

    private static void Row(ReadOnlySpan<byte> text, FieldSpan line, List<FieldSpan> names, ArrayBufferWriter<byte> plain)
    {
        JsonScanner cells = JsonScanner.OverArray(text, line.Start);
        bool isFirst = true;
        for (int cell = 0; cell < names.Count && cells.NextElement(out FieldSpan value); cell++)
        {
            if (!names[cell].IsText || !value.HasValue || value.Length == 0)
            {
                continue;
            }

            plain.Write(isFirst ? "\""u8 : ",\""u8);
            plain.Write(names[cell].Of(text));
            plain.Write("\":"u8);
            OtlpValue.Put(plain, text, value);
            isFirst = false;
        }
    }

    private static bool Logs(ReadOnlySpan<byte> text, FieldSpan resources, RecordContext context)
    {
        bool any = false;
        Span<FieldSpan> slot = stackalloc FieldSpan[1];
        ArrayBufferWriter<byte> plain = new();
        JsonScanner resource = JsonScanner.OverArray(text, resources.Start);
        while (resource.NextElement(out FieldSpan one))
        {
            FieldSpan scopes = one.Form == FieldForm.Object ? JsonRecord.Scan(text, one.Start, ScopeLogs, slot)[0] : default;
            if (scopes.Form != FieldForm.Array)
            {
                continue;
            }

            JsonScanner scope = JsonScanner.OverArray(text, scopes.Start);
            while (scope.NextElement(out FieldSpan part))
            {
                FieldSpan logs = part.Form == FieldForm.Object ? JsonRecord.Scan(text, part.Start, LogRecords, slot)[0] : default;
                if (logs.Form != FieldForm.Array)
                {
                    continue;
                }

                JsonScanner records = JsonScanner.OverArray(text, logs.Start);
                while (records.NextElement(out FieldSpan log))
                {
                    any = true;
                    plain.ResetWrittenCount();
                    FieldSpan body = log.Form == FieldForm.Object ? JsonRecord.Scan(text, log.Start, Body, slot)[0] : default;
                    context.Take(OtlpValue.TryWrite(text, body, plain) ? plain.WrittenSpan : log.Of(text));
                }
            }
        }

        return any;
    }

    private static void Lines(ReadOnlySpan<byte> text, int start, Span<FieldSpan> parts) => JsonRecord.Scan(text, start, TableNames, parts);

    private static FieldSpan Either(FieldSpan one, FieldSpan other) => one.HasValue ? one : other;
}

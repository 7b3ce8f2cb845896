using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>Reads one row of an osquery result.</summary>
/// <param name="record">The result.</param>
/// <param name="row">Where the row lies in it.</param>
/// <param name="context">Where observations go.</param>
internal delegate RecordResult OsqueryRowRead(in JsonRecord record, FieldSpan row, RecordContext context);

/// <summary>
/// The rows of one of osquery's tables, told by columns that no other has: of an event line, a snapshot, or a batch, of which the rows
/// that were added count. One outcome stands for all rows of a result: one that cannot be read keeps it.
/// </summary>
internal sealed class OsqueryTable
{
    private const string NoRow = "A list of rows holds what is no row.";
    private static readonly FieldNames Added = new("added");

    private readonly byte[] _told;
    private readonly byte[][] _any;
    private readonly int _columns;
    private readonly int _snapshot;
    private readonly int _differences;
    private readonly int _identifier;
    private readonly int _hostName;

    /// <summary>A table.</summary>
    /// <param name="fields">Takes the fields of a result.</param>
    /// <param name="told">A column that it has, in quotes.</param>
    /// <param name="any">Columns of which it has one at least, in quotes.</param>
    public OsqueryTable(TopLevelFields fields, string told, params string[] any)
    {
        _told = System.Text.Encoding.ASCII.GetBytes(told);
        _any = [.. any.Select(System.Text.Encoding.ASCII.GetBytes)];
        _columns = fields.At("columns");
        _snapshot = fields.At("snapshot");
        _differences = fields.At("diffResults");
        _identifier = fields.At("hostIdentifier");
        _hostName = fields.At("hostname");
        UnixTime = fields.At("unixTime");
    }

    /// <summary>The field of the result's time.</summary>
    public int UnixTime { get; }

    /// <summary>The rows have the columns of the table.</summary>
    public bool Fits(in JsonRecord record) => Holds(record, _columns) || Holds(record, _snapshot) || Holds(record, _differences);

    /// <summary>The host, as written.</summary>
    public FieldSpan Host(in JsonRecord record) => record[record.Has(_identifier) ? _identifier : _hostName];

    /// <summary>Reads each row of a result.</summary>
    public RecordResult Read(in JsonRecord record, OsqueryRowRead read, RecordContext context)
    {
        if (record[_columns].Form == FieldForm.Object)
        {
            return read(record, record[_columns], context);
        }

        FieldSpan rows = record[_snapshot];
        if (record[_differences].Form == FieldForm.Object)
        {
            rows = record.Nested(_differences, Added, stackalloc FieldSpan[1])[0];
        }

        RecordResult whole = RecordResult.Skipped(SourceNames.Osquery);
        if (rows.Form == FieldForm.Object)
        {
            // One row, by itself.
            return read(record, rows, context);
        }

        if (rows.Form != FieldForm.Array)
        {
            return whole;
        }

        JsonScanner list = JsonScanner.OverArray(record.Text, rows.Start);
        while (list.NextElement(out FieldSpan row))
        {
            RecordResult result = row.Form == FieldForm.Object ? read(record, row, context)
                : RecordResult.DeadLettered(SourceNames.Osquery, NoRow);
            bool prevails = result.Outcome == RecordOutcome.DeadLettered || whole.Outcome == RecordOutcome.Skipped;
            whole = whole.Outcome != RecordOutcome.DeadLettered && prevails ? result : whole;
        }

        return whole;
    }

    private bool Holds(in JsonRecord record, int field)
    {
        if (record[field].Form is not (FieldForm.Object or FieldForm.Array))
        {
            return false;
        }

        ReadOnlySpan<byte> rows = record[field].Of(record.Text);
        if (rows.IndexOf(_told) < 0)
        {
            return false;
        }

        foreach (byte[] column in _any)
        {
            if (rows.IndexOf(column) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}

using System.Buffers;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Ingestion;

/// <summary>Reads tables as CSV, and accounts for each row.</summary>
internal sealed class TableDrain(IngestionCounts counts, RecordContext context, SpreadRecords spread)
{
    private readonly FieldSlots _slots = context.Slots();
    private readonly ArrayBufferWriter<byte> _plain = new();
    private CsvTable? _table;
    private byte[] _header = [];
    private string _input = string.Empty;
    private long _offset;
    private long _line;

    /// <inheritdoc cref="RecordReader.Trace"/>
    public RecordTrace? Trace { get; set; }

    /// <summary>Whether an input opens with the column names of a table that is read.</summary>
    public static bool Reads(ReadOnlySpan<byte> head) => FormatTable.Tables.Opens(head);

    /// <summary>Starts a new input.</summary>
    /// <param name="input">What to call it in dead letters.</param>
    public void Begin(string input) => (_table, _header, _input, _offset, _line) = (null, [], input, 0, 1);

    /// <summary>Reads all whole rows of a buffer; returns the bytes used.</summary>
    /// <param name="buffer">The bytes that follow those used before.</param>
    /// <param name="final">No more bytes will come: all of it is used.</param>
    public int Drain(ReadOnlySpan<byte> buffer, bool final)
    {
        int used = 0;
        while (used < buffer.Length && CsvTable.Row(buffer[used..], final) is var length and > 0)
        {
            ReadOnlySpan<byte> row = buffer.Slice(used, length);
            if (_table is null)
            {
                _table = CsvTable.Of(row);
                _header = row.ToArray();
                Trace?.Invoke(RecordResult.Skipped(SourceNames.Envelope), _offset, length);
            }
            else if (row.TrimEnd("\r\n"u8) is { IsEmpty: false } cells)
            {
                Account(cells);
            }

            used += length;
            _offset += length;
            _line += row.Count((byte)'\n');
        }

        return used;
    }

    private void Account(ReadOnlySpan<byte> row)
    {
        _plain.ResetWrittenCount();
        RecordResult result;
        if (_table!.Write(row, _plain) is { } fault)
        {
            result = RecordResult.DeadLettered(SourceNames.Unrecognised, fault);
        }
        else
        {
            JsonRecord record = JsonRecord.ScanRecord(_plain.WrittenSpan, _slots, skips: context.Format is null);
            result = record.Status == JsonStatus.Complete ? RecordDispatcher.Json(record, context)
                : RecordResult.DeadLettered(SourceNames.Unrecognised, "Row of a table whose cells are no text.");
        }

        counts.Add(result);
        Trace?.Invoke(result, _offset, row.Length);
        if (result.Reason is not null)
        {
            // The column names go with it: without them a row says nothing.
            spread.Write(result, new(_input, _line, _offset), (byte[])[.. _header, .. row]);
        }

        context.Receiver.RecordDone();
    }
}

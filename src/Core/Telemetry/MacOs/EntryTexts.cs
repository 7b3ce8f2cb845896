using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>The texts of an entry of the unified log that came as JSON, whatever its fields are called there.</summary>
/// <param name="record">The bytes that the fields lie in.</param>
/// <param name="message">What it says.</param>
/// <param name="process">The image of the process, its path or its name.</param>
/// <param name="sender">The library that says it.</param>
/// <param name="subsystem">Its subsystem.</param>
internal readonly ref struct EntryTexts(
    ReadOnlySpan<byte> record, FieldSpan message, FieldSpan process, FieldSpan sender, FieldSpan subsystem) : IDisposable
{
    private readonly UnescapedText _message = new(record, message);
    private readonly UnescapedText _process = new(record, process);
    private readonly UnescapedText _sender = new(record, sender);
    private readonly UnescapedText _subsystem = new(record, subsystem);

    /// <summary>Makes the entry, without time and host, where it says something of use; else what becomes of the record.</summary>
    /// <param name="values">The values of the record.</param>
    /// <param name="pid">The number of the process.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="kind">What it says.</param>
    public RecordResult? Read(FieldValues values, FieldSpan pid, out MacEntry entry, out MacFindingKind kind)
    {
        entry = default;
        entry.Message = _message.Bytes;
        entry.Process = _process.Bytes;
        entry.Sender = _sender.Bytes;
        entry.Subsystem = _subsystem.Bytes;
        kind = MacMessages.KindOf(entry);
        if (kind == MacFindingKind.Nothing)
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        entry.Pid = (int?)values.Count(pid, int.MaxValue) ?? MacEntry.NoPid;
        return values.Fault is { } fault ? RecordResult.DeadLettered(SourceNames.UnifiedLog, fault) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _message.Dispose();
        _process.Dispose();
        _sender.Dispose();
        _subsystem.Dispose();
    }
}

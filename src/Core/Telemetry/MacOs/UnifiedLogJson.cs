using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>The unified log as <c>log --style ndjson</c> or <c>json</c> writes it: an object an entry.</summary>
internal static class UnifiedLogJson
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new() { Messages = ["eventMessage"] };

    private static readonly int ComputerField = TopLevel.At("Computer");
    private static readonly int HostnameField = TopLevel.At("Hostname");
    private static readonly int TimestampField = TopLevel.At("timestamp");
    private static readonly int Message = TopLevel.At("eventMessage");
    private static readonly int Process = TopLevel.At("processImagePath");
    private static readonly int Sender = TopLevel.At("senderImagePath");
    private static readonly int Pid = TopLevel.At("processID");
    private static readonly int MachTime = TopLevel.At("machTimestamp");
    private static readonly int Subsystem = TopLevel.At("subsystem");
    private static readonly int Host = TopLevel.At("host");
    private static readonly int Count = TopLevel.At("count");
    private static readonly int Finished = TopLevel.At("finished");

    /// <summary>The record has what every entry has; or it is the last one of a stream, which counts the others.</summary>
    public static bool Fits(in JsonRecord record) =>
        (record.Has(Message) && record.Has(TimestampField)) || (record.Has(Process) && record.Has(MachTime))
        || (record.Has(Count) && record.Has(Finished));

    /// <summary>Reads one entry.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldSpan message = record[Message];
        if (!message.IsText || message.Length == 0)
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        using EntryTexts texts = new(record.Text, message, record[Process], record[Sender], record[Subsystem]);
        FieldValues values = context.Values(record.Text);
        if (texts.Read(values, record[Pid], out MacEntry entry, out MacFindingKind kind) is { } other)
        {
            return other;
        }

        // Shippers write the sign of the zone as \u002B.
        using UnescapedText time = new(record.Text, record[TimestampField]);
        entry.Time = time.Bytes;
        FieldSpan host = record.Has(Host) ? record[Host]
            : record.Has(HostnameField) ? record[HostnameField]
            : record[ComputerField];
        entry.Host = host.IsText ? host.Of(record.Text) : default;
        RecordResult result = MacObservations.Read(entry, kind, context);
        return ReferenceEquals(result.Reason, MacObservations.NoTime) && values.IsThere(record[TimestampField])
            ? result with { Reason = $"'timestamp': {MacObservations.NoTime}" } : result;
    }
}

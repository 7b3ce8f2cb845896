using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Audit events as go-audit writes them: records in a list, each by the number of its type and without its head.</summary>
internal static class GoAuditRecord
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new() { Lists = ["messages"] };

    private static readonly int Timestamp = TopLevel.At("timestamp");
    private static readonly int Sequence = TopLevel.At("sequence");
    private static readonly int Messages = TopLevel.At("messages");
    private static readonly int HostName = TopLevel.At("hostname");
    private static readonly FieldNames Message = new("type", "data");

    /// <summary>Has <c>sequence</c>, <c>timestamp</c> and a list of <c>messages</c>.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Messages].Form == FieldForm.Array && record.Has(Sequence) && record.Has(Timestamp);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        if (!record[Sequence].TryInteger(text, out long serial) || serial < 0
            || !AuditStamp.TrySeconds(record[Timestamp].Of(text), out long ticks))
        {
            return RecordResult.DeadLettered(SourceNames.Auditd, "go-audit event without its sequence or timestamp.");
        }

        AuditStamp stamp = new(ticks, serial);
        ReadOnlySpan<byte> node = record[HostName].IsText ? record[HostName].Of(text) : context.CarrierHost;
        RecordResult outcome = RecordResult.Skipped(SourceNames.Auditd);
        Span<FieldSpan> slots = stackalloc FieldSpan[Message.Count];
        JsonScanner messages = JsonScanner.OverArray(text, record[Messages].Start);
        while (messages.NextElement(out FieldSpan element))
        {
            if (element.Form != FieldForm.Object)
            {
                continue;
            }

            JsonRecord message = JsonRecord.Scan(text, element.Start, Message, slots);
            if (!message[0].TryInteger(text, out long type) || !message[1].IsText || type > int.MaxValue)
            {
                continue;
            }

            using UnescapedText data = new(text, message[1]);
            AuditHeader header = new()
            { Type = AuditTypes.Of((int)type), TypeName = AuditTypes.NameOf((int)type), Node = node, Stamp = stamp, Body = 0 };
            RecordResult result = AuditRecords.Put(header, data.Bytes, node, context, out AuditEvent? waitsIn);
            if (outcome.Outcome == RecordOutcome.Skipped)
            {
                // The object waits in its event as one record.
                outcome = result;
                if (waitsIn is not null)
                {
                    waitsIn.Records++;
                }
            }
        }

        return outcome;
    }
}

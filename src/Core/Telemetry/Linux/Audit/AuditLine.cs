using CipherWatch.Core.Telemetry.Linux.Syslog;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>
/// Audit records as lines of text: as auditd logs them, raw or enriched; as ausearch interprets them; behind a syslog header.
/// </summary>
internal static class AuditLine
{
    private const string BrokenSyslogHead = "Audit record behind a head of syslog whose priority or time cannot be read.";
    private const string BrokenHead = "Audit record without its time and serial: the record was cut short.";

    /// <summary>Whether a line holds an audit record.</summary>
    public static bool Fits(ReadOnlySpan<byte> line) => AuditHeader.IsAt(line);

    /// <summary>
    /// Whether a line only separates events: ausearch puts hyphens before each, and the time of those that it does not interpret.
    /// </summary>
    public static bool IsSeparator(ReadOnlySpan<byte> line, RecordContext context) =>
        line.SequenceEqual("----"u8) || line.StartsWith("time->"u8);

    /// <summary>Reads the records of one line; false where it holds none.</summary>
    public static bool TryNormalize(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result)
    {
        bool isRead = AuditHeader.TryRead(line, AuditHeader.MaxPrefixLength, out AuditHeader header);
        if (!isRead && !AuditHeader.IsBrokenAt(line))
        {
            result = default;
            return false;
        }

        // A line that begins otherwise has come through syslog, whose head names the host.
        bool isBare = line.StartsWith("type="u8) || line.StartsWith("node="u8) || line.StartsWith("audit("u8);
        result = isBare
            ? isRead ? Normalize(line, header, context.CarrierHost, context) : RecordResult.DeadLettered(SourceNames.Auditd, BrokenHead)
            : Forwarded(line, isRead, header, context);
        return true;
    }

    /// <summary>Reads the records of one text.</summary>
    /// <param name="line">The text.</param>
    /// <param name="host">The host that what it came in names; empty where it names none.</param>
    /// <param name="context">Where their events wait.</param>
    public static RecordResult Normalize(ReadOnlySpan<byte> line, ReadOnlySpan<byte> host, RecordContext context)
    {
        return AuditHeader.TryRead(line, AuditHeader.MaxPrefixLength, out AuditHeader header)
            ? Normalize(line, header, host, context)
            : RecordResult.DeadLettered(SourceNames.Auditd, BrokenHead);
    }

    private static RecordResult Forwarded(ReadOnlySpan<byte> line, bool isRead, in AuditHeader header, RecordContext context)
    {
        ReadOnlySpan<byte> rest = line[SyslogHeader.Priority(line)..];
        if (!UsualSyslogTime.IsAt(rest) && (SyslogHeader.IsBrokenAt(line)
            || (rest.Length < line.Length && SyslogHeader.MayBeAt(line) && !SyslogHeader.TryRead(line, out _))))
        {
            return RecordResult.DeadLettered(SourceNames.Auditd, BrokenSyslogHead);
        }

        return !isRead ? RecordResult.DeadLettered(SourceNames.Auditd, BrokenHead)
            : Normalize(line, header, SyslogHeader.TryRead(line, out SyslogHeader head) ? head.Host : context.CarrierHost, context);
    }

    private static RecordResult Normalize(ReadOnlySpan<byte> line, AuditHeader header, ReadOnlySpan<byte> host, RecordContext context)
    {
        RecordResult outcome = default;
        bool isFirst = true;
        do
        {
            ReadOnlySpan<byte> body = line[header.Body..];
            int next = AuditHeader.NextOnLine(body);
            ReadOnlySpan<byte> own = next < 0 ? body : body[..(next - 1)];

            // Those behind the first are of the same host.
            host = header.Node.IsEmpty ? host : header.Node;
            RecordResult result = AuditRecords.Put(header, own, host, context, out AuditEvent? waitsIn);
            if (isFirst || outcome.Outcome is RecordOutcome.Skipped)
            {
                // The line waits in the event of its first record that waits, and is counted with it, whatever the rest says.
                outcome = result;
                isFirst = false;
                if (waitsIn is not null)
                {
                    waitsIn.Records++;
                }
            }

            if (next < 0)
            {
                break;
            }

            line = body[next..];
        }
        while (AuditHeader.TryRead(line, AuditHeader.MaxPrefixLength, out header));

        return outcome;
    }
}

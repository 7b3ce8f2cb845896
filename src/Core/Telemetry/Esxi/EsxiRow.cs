using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Rows of the <c>Syslog</c> table that came from ESXi or vCenter: the header is gone, the program in <c>ProcessName</c>, and the
/// message begins with what VMware's own header has behind it (<c>info vpxa[9B66B70] [Originator@6876 …] …</c>).
/// </summary>
internal static class EsxiRow
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int ComputerField = TopLevel.At("Computer");
    private static readonly int TimeGeneratedField = TopLevel.At("TimeGenerated");
    private static readonly int EventTimeField = TopLevel.At("EventTime");
    private static readonly int Message = TopLevel.At("SyslogMessage");
    private static readonly int Program = TopLevel.At("ProcessName");
    private static readonly int HostName = TopLevel.At("HostName");

    /// <summary>The row is of a program of VMware's, or its message has their header.</summary>
    public static bool Fits(in JsonRecord record)
    {
        if (!record[Message].IsText)
        {
            return false;
        }

        EsxiHeader header = default;
        using UnescapedText text = new(record.Text, record[Message]);
        return EsxiHeaderReader.TryReadText(text.Bytes, record[Program].Of(record.Text), ref header);
    }

    /// <summary>Reads one row.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        EsxiHeader header = default;
        using UnescapedText text = new(record.Text, record[Message]);
        header.Host = record[record.Has(ComputerField) ? ComputerField : HostName].Of(record.Text);
        if (!EsxiHeaderReader.TryReadText(text.Bytes, record[Program].Of(record.Text), ref header))
        {
            return RecordResult.DeadLettered(SourceNames.Esxi, "Not a line of ESXi or vCenter.");
        }

        FieldValues values = context.Values(record.Text);
        values.Time(record[EventTimeField]);
        values.Time(record[TimeGeneratedField]);
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.Esxi, fault);
        }

        // EventTime is the host's clock, TimeGenerated the collector's: up to seconds later, or before it where the host is ahead.
        ReadOnlySpan<byte> generated = record[TimeGeneratedField].Of(record.Text);
        ReadOnlySpan<byte> time = record.Has(EventTimeField) ? record[EventTimeField].Of(record.Text) : generated;
        header.Time = time.IsEmpty ? header.Time : time;
        return EsxiLine.Normalize(header, generated, context);
    }
}

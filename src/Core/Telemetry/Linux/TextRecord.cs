using System.Text;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Linux.Audit;
using CipherWatch.Core.Telemetry.Linux.Syslog;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux;

/// <summary>
/// A message of a Linux log inside a JSON record: rows of the <c>Syslog</c> table, in which the head has become columns; entries of
/// the journal; and what forwarders make of lines.
/// </summary>
internal static class TextRecord
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int TimeGenerated = TopLevel.At("TimeGenerated");
    private static readonly int Message = TopLevel.At("SyslogMessage");
    private static readonly int ProcessName = TopLevel.At("ProcessName");
    private static readonly int ProcessId = TopLevel.At("ProcessID");
    private static readonly int EventTime = TopLevel.At("EventTime");
    private static readonly int JournalMessage = TopLevel.At("MESSAGE");
    private static readonly int JournalTime = TopLevel.At("__REALTIME_TIMESTAMP");
    private static readonly int JournalSourceTime = TopLevel.At("_SOURCE_REALTIME_TIMESTAMP");
    private static readonly int JournalProgram = TopLevel.At("SYSLOG_IDENTIFIER");
    private static readonly int JournalName = TopLevel.At("_COMM");
    private static readonly int JournalPid = TopLevel.At("_PID");
    private static readonly int JournalPath = TopLevel.At("_EXE");
    private static readonly int JournalBoot = TopLevel.At("_BOOT_ID");
    private static readonly int AuditTypeNumber = TopLevel.At("_AUDIT_TYPE");
    private static readonly int AuditSerial = TopLevel.At("_AUDIT_ID");

    private static readonly int[] Carriers =
        TopLevel.At(["SyslogMessage", "message", "Message", "MESSAGE", "log", "msg", "raw", "RawData", "_raw", "original"]);

    private static readonly FieldNames NamesInHost = new("name");

    private static readonly int[] Hosts = [.. new[] { "HostName", "Computer", "_HOSTNAME", "hostname", "host" }.Select(TopLevel.At)];

    /// <summary>
    /// Some field holds an audit record, or a line with syslog's head; or the record is a row of <c>Syslog</c> without a record inside.
    /// </summary>
    public static bool Fits(in JsonRecord record) => IsRow(record) || Carrier(record) >= 0;

    /// <summary>An entry of the journal, as <c>journalctl -o json</c> writes it.</summary>
    public static bool FitsJournal(in JsonRecord record) => record.Has(JournalTime) && record.Has(JournalMessage);

    /// <summary>Reads the line inside.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        int carrier = Carrier(record);
        if (carrier >= 0)
        {
            using UnescapedText text = new(record.Text, record[carrier]);
            return AuditLine.Fits(text.Bytes)
                ? AuditLine.Normalize(text.Bytes, Host(record), context)
                : SyslogLine.Normalize(text.Bytes, context);
        }

        using UnescapedText message = new(record.Text, record[Message]);
        DateTimeOffset? time = RowTime(record, EventTime) ?? RowTime(record, TimeGenerated);
        if (time is null)
        {
            return RecordResult.DeadLettered(
                SourceNames.Syslog, "Row of Syslog without a time: neither EventTime nor TimeGenerated can be read.");
        }

        FieldValues values = context.Values(record.Text);
        values.Whole(record[ProcessId]);
        if (values.IsThere(record[EventTime]) && RowTime(record, EventTime) is null)
        {
            values.Wrong(record[EventTime], "no time");
        }

        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.Syslog, fault);
        }

        DaemonLine line = new()
        {
            Program = FilePaths.Name(record[ProcessName].IsText ? record[ProcessName].Of(record.Text) : default),
            Message = message.Bytes,
            Host = Host(record),
            Pid = JsonTexts.Pid(record.Text, record[ProcessId]),
            Time = time,
        };
        return Daemons.Result(line, context);
    }

    /// <summary>Reads an entry of the journal.</summary>
    public static RecordResult NormalizeJournal(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        if (!record[JournalMessage].IsText)
        {
            // Bytes that are not UTF-8 come as a list of numbers; no daemon read here writes such.
            return RecordResult.Skipped(SourceNames.Syslog);
        }

        FieldSpan stamp = record.Has(JournalSourceTime) ? record[JournalSourceTime] : record[JournalTime];
        if (!stamp.TryInteger(text, out long microseconds) || microseconds > long.MaxValue / TimeSpan.TicksPerMicrosecond
            || !Timestamps.TryFromUnixTicks(microseconds * TimeSpan.TicksPerMicrosecond, out DateTimeOffset time))
        {
            return RecordResult.DeadLettered(
                SourceNames.Syslog,
                $"Journal entry without a time in microseconds: {FieldPlace.NameOf(text, stamp) ?? "__REALTIME_TIMESTAMP"}.");
        }

        FieldValues values = context.Values(text);
        values.Whole(record[JournalPid]);
        values.Whole(record[AuditTypeNumber]);
        values.Whole(record[AuditSerial]);
        values.Text(record[JournalBoot]);
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.Syslog, fault);
        }

        using UnescapedText message = new(text, record[JournalMessage]);
        if (record[AuditTypeNumber].TryInteger(text, out long type) && record[AuditSerial].TryInteger(text, out long serial))
        {
            return Audit(
                record, (int)Math.Clamp(type, 0, int.MaxValue), new(
                    time.Ticks - DateTimeOffset.UnixEpoch.Ticks, serial), message.Bytes, context);
        }

        if (AuditLine.Fits(message.Bytes))
        {
            return AuditLine.Normalize(message.Bytes, Host(record), context);
        }

        FieldSpan program = record[JournalProgram].IsText ? record[JournalProgram] : record[JournalName];
        DaemonLine line = new()
        {
            Program = FilePaths.Name(program.IsText ? program.Of(text) : default),
            Message = message.Bytes,
            Host = Host(record),
            Pid = JsonTexts.Pid(text, record[JournalPid]),
            Path = record[JournalPath].IsText ? record[JournalPath].Of(text) : default,
            Boot = record[JournalBoot].IsText ? record[JournalBoot].Of(text) : default,
            Time = time,
        };
        return Daemons.Result(line, context);
    }

    /// <summary>An audit record of the journal: its type and serial have become fields, its message begins with the type's name.</summary>
    private static RecordResult Audit(in JsonRecord record, int type, AuditStamp stamp, ReadOnlySpan<byte> message, RecordContext context)
    {
        int blank = message.IndexOf((byte)' ');
        bool isNamed = blank > 0 && message[..blank].IndexOf((byte)'=') < 0;

        // The journal keeps microseconds, of which audit knows the first three digits.
        AuditStamp whole = stamp with { Ticks = stamp.Ticks - (stamp.Ticks % TimeSpan.TicksPerMillisecond) };
        AuditHeader header = new()
        { Type = AuditTypes.Of(type), TypeName = AuditTypes.NameOf(type), Node = default, Stamp = whole, Body = 0 };
        RecordResult result = AuditRecords.Put(
            header, isNamed ? message[(blank + 1)..] : message, Host(record), context, out AuditEvent? waitsIn);
        if (waitsIn is not null)
        {
            waitsIn.Records++;
        }

        return result;
    }

    /// <summary>The host that the record names; empty where it names none.</summary>
    private static ReadOnlySpan<byte> Host(in JsonRecord record)
    {
        Span<FieldSpan> names = stackalloc FieldSpan[NamesInHost.Count];
        foreach (int place in Hosts)
        {
            if (record[place].IsText && record[place].Length > 0)
            {
                return record[place].Of(record.Text);
            }

            // Filebeat's is an object.
            if (record[place].Form == FieldForm.Object && record.Nested(place, NamesInHost, names)[0] is { IsText: true, Length: > 0 } name)
            {
                return name.Of(record.Text);
            }
        }

        return default;
    }

    private static bool IsRow(in JsonRecord record)
    {
        if (!record[Message].IsText)
        {
            return false;
        }

        // A record inside is read by what reads those.
        ReadOnlySpan<byte> message = record[Message].Of(record.Text).TrimStart((byte)' ');
        return message is not [(byte)'{' or (byte)'<' or (byte)'\\', ..] && (record.Has(ProcessName) || record.Has(EventTime));
    }

    private static int Carrier(in JsonRecord record)
    {
        foreach (int place in Carriers)
        {
            if (record[place].IsText && record[place].Length > 0 && Holds(record[place].Of(record.Text)))
            {
                return place;
            }
        }

        return -1;
    }

    private static bool Holds(ReadOnlySpan<byte> text) =>
        text[0] is not ((byte)'{' or (byte)'\\') && (AuditHeader.IsAt(text) || SyslogHeader.TryRead(text, out _));

    private static DateTimeOffset? RowTime(in JsonRecord record, int place)
    {
        ReadOnlySpan<byte> text = record[place].Of(record.Text);
        return Timestamps.TryParse(text, out DateTimeOffset time)
            || DateTimeOffset.TryParseExact(
                Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)]), PortalTimes, System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal, out time)
            ? time : null;
    }

    /// <summary>How the portal writes times into what it exports, in UTC.</summary>
    private static readonly string[] PortalTimes = ["M/d/yyyy, h:mm:ss.FFF tt", "M/d/yyyy, h:mm:ss tt", "M/d/yyyy h:mm:ss tt"];
}

using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Linux.Audit;

namespace CipherWatch.Core.Telemetry.Linux;

/// <summary>A line of a Linux log inside a JSON record: rows of the <c>Syslog</c> table, and what forwarders make of lines.</summary>
internal static class TextRecord
{
    private static readonly int[] Carriers =
        [.. new[] { "SyslogMessage", "message", "Message", "MESSAGE", "log", "msg", "raw", "RawData", "_raw" }.Select(TopLevel.At)];

    private static readonly int[] Hosts = [.. new[] { "HostName", "Computer", "_HOSTNAME", "hostname", "host" }.Select(TopLevel.At)];

    /// <summary>Some field holds an audit record.</summary>
    public static bool Fits(in JsonRecord record) => Carrier(record) >= 0;

    /// <summary>Reads the line inside.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        using UnescapedText text = new(record.Text, record[Carrier(record)]);
        return AuditLine.Normalize(text.Bytes, Host(record), context);
    }

    /// <summary>The host that the record names; empty where it names none.</summary>
    public static ReadOnlySpan<byte> Host(in JsonRecord record)
    {
        foreach (int place in Hosts)
        {
            if (record[place].IsText && record[place].Length > 0)
            {
                return record[place].Of(record.Text);
            }
        }

        return default;
    }

    private static int Carrier(in JsonRecord record)
    {
        foreach (int place in Carriers)
        {
            if (record[place].IsText && AuditHeader.IsAt(record[place].Of(record.Text)))
            {
                return place;
            }
        }

        return -1;
    }
}

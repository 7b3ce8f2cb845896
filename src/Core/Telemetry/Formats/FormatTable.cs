using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Esxi;
using CipherWatch.Core.Telemetry.Formats.Spelling;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Linux;
using CipherWatch.Core.Telemetry.Linux.Audit;
using CipherWatch.Core.Telemetry.Linux.Osquery;
using CipherWatch.Core.Telemetry.Linux.Syslog;
using CipherWatch.Core.Telemetry.MacOs;
using CipherWatch.Core.Telemetry.Network.Azure;
using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Core.Telemetry.Network.Exporters;
using CipherWatch.Core.Telemetry.Network.PayloadSamples;
using CipherWatch.Core.Telemetry.Network.Proxies;
using CipherWatch.Core.Telemetry.Network.Suricata;
using CipherWatch.Core.Telemetry.Network.Zeek;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Windows;
using CipherWatch.Core.Telemetry.Windows.Evtx;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>
/// Every format that is read. What finds a record's format, what <c>--format</c> takes and what the tests must cover are made
/// from it: adding a source is one folder and its rows here (docs/extending.md).
/// </summary>
internal static class FormatTable
{
    /// <summary>Formats of JSON objects, the first that fits wins: the most specific tests stand first.</summary>
    public static readonly JsonFormat[] Json =
    [
        // First: names that were changed on the way may look like another format's.
        new("respelled", RespelledRecord.TopLevel, RespelledRecord.Fits, RespelledRecord.Normalize) { IsImplied = true, IsTold = true },
        new("payload-sample", PayloadSampleFields.TopLevel, PayloadSampleRecord.Fits, PayloadSampleRecord.Normalize),
        new("zeek", ZeekJson.TopLevel, ZeekJson.Fits, ZeekJson.Normalize),
        new("suricata", EveFields.TopLevel, EveRecord.Fits, EveRecord.Normalize),
        new("wazuh", WazuhAlert.TopLevel, WazuhAlert.Fits, WazuhAlert.Normalize),
        new("get-winevent", PowerShellEvent.TopLevel, PowerShellEvent.Fits, PowerShellEvent.Normalize),
        new("fluent-bit", FlatEvent.TopLevel, FlatEvent.FitsFluentBit, FlatEvent.Normalize) { Skip = FlatEvent.Skip },
        new("log-analytics", FlatEvent.TopLevel, FlatEvent.FitsTableRow, FlatEvent.Normalize) { Skip = FlatEvent.Skip },
        new("nxlog", FlatEvent.TopLevel, FlatEvent.Fits, FlatEvent.Normalize)
        {
            Skip = FlatEvent.Skip,
            AlsoFor = ["fluent-bit", "log-analytics"],
        },
        new("winlogbeat", EcsFields.TopLevel, EcsEvent.Fits, EcsEvent.Normalize),
        new("winlogbeat6", BeatsEvent.TopLevel, BeatsEvent.Fits, BeatsEvent.Normalize) { Skip = BeatsEvent.Skip },
        new("vector", BeatsEvent.TopLevel, BeatsEvent.FitsVector, BeatsEvent.Normalize) { Skip = BeatsEvent.Skip },
        new("evtx-json", EvtxJson.TopLevel, EvtxJson.Fits, EvtxJson.Normalize),
        new("auditbeat", AuditbeatRecord.TopLevel, AuditbeatRecord.Fits, AuditbeatRecord.Normalize),
        new("laurel", LaurelRecord.TopLevel, LaurelRecord.Fits, LaurelRecord.Normalize),
        new("go-audit", GoAuditRecord.TopLevel, GoAuditRecord.Fits, GoAuditRecord.Normalize),
        new("evtxecmd", EvtxEcmdRow.TopLevel, EvtxEcmdRow.Fits, EvtxEcmdRow.Normalize),
        new("azure-diagnostics", AzureDiagnostics.TopLevel, AzureDiagnostics.Fits, AzureDiagnostics.Normalize),
        new("defender", DefenderRecord.TopLevel, DefenderRecord.Fits, DefenderRecord.Normalize) { AlsoFor = ["log-analytics"] },
        new("traffic-analytics", TrafficAnalyticsRow.TopLevel, TrafficAnalyticsRow.Fits, TrafficAnalyticsRow.Normalize)
        {
            AlsoFor = ["log-analytics"],
        },
        new("packetbeat", PacketbeatFlow.TopLevel, PacketbeatFlow.Fits, PacketbeatFlow.Normalize),
        new("azure-flow", FlowLogRecord.TopLevel, FlowLogRecord.Fits, FlowLogRecord.Normalize),
        new("asim-network", AsimRow.TopLevel, AsimRow.Fits, AsimRow.Normalize) { AlsoFor = ["log-analytics"] },
        new("vmconnection", VmConnectionRow.TopLevel, VmConnectionRow.Fits, VmConnectionRow.Normalize) { AlsoFor = ["log-analytics"] },
        new("ndpi", NdpiRecord.TopLevel, NdpiRecord.Fits, NdpiRecord.Normalize),
        new("joy", JoyRecord.TopLevel, JoyRecord.Fits, JoyRecord.Normalize),
        new("flow", FlowRecord.TopLevel, FlowRecord.Fits, FlowRecord.Normalize),
        new("unified-log", UnifiedLogJson.TopLevel, UnifiedLogJson.Fits, UnifiedLogJson.Normalize),
        new("eslogger", EsEvent.TopLevel, EsEvent.Fits, EsEvent.Normalize),
        new("mac-monitor", MacMonitor.TopLevel, MacMonitor.Fits, MacMonitor.Normalize),
        new("osquery-es", OsqueryEsEvents.TopLevel, OsqueryEsEvents.Fits, OsqueryEsEvents.Normalize),
        new("osquery-unified-log", OsqueryUnifiedLog.TopLevel, OsqueryUnifiedLog.Fits, OsqueryUnifiedLog.Normalize),
        new("esxcli", EsxcliJson.TopLevel, EsxcliRecord.Fits, EsxcliRecord.Normalize),
        new("esxi", EsxiRow.TopLevel, EsxiRow.Fits, EsxiRow.Normalize) { AlsoFor = ["log-analytics"] },
        new("osquery", OsqueryRecord.TopLevel, OsqueryRecord.Fits, OsqueryRecord.Normalize),
        new("dead-letter", DeadLetterRecord.TopLevel, DeadLetterRecord.Fits, DeadLetterRecord.Normalize) { IsImplied = true },
        new("event-text", EventTextRecord.TopLevel, EventTextRecord.Fits, EventTextRecord.Normalize)
        {
            AlsoFor = ["fluent-bit"],
        },
        new("envelope", Envelopes.TopLevel, Envelopes.Fits, Envelopes.Normalize) { IsImplied = true },
        new("wrapped-lines", WrappedLines.TopLevel, WrappedLines.Fits, WrappedLines.Normalize) { IsImplied = true },
        new("journald", TextRecord.TopLevel, TextRecord.FitsJournal, TextRecord.NormalizeJournal),

        // A line of text inside a record.
        new("syslog", TextRecord.TopLevel, TextRecord.Fits, TextRecord.Normalize) { AlsoFor = ["log-analytics"] },

        // Last: a record of another format inside this one.
        new("wrapped", WrappedRecord.TopLevel, WrappedRecord.Fits, WrappedRecord.Normalize) { IsImplied = true },
    ];

    /// <summary>Formats of lines of text, the first that fits wins.</summary>
    public static readonly LineFormat[] Lines =
    [
        new("event-text", EventText.Fits, EventText.Normalize) { Glance = new("P", LineSigns.LineFeed) },
        new("zeek", ZeekTsv.TryNormalize) { Headers = [new((byte)'#', ZeekTsv.TakesHeader)] },
        new("unified-log", UnifiedLogText.TryNormalize)
        {
            Fits = UnifiedLogText.Fits,
            OpensEntries = true,
            Glance = new("dief12TFSLA-"),
        },
        new("esxcli", EsxcliText.TryNormalize) { Fits = EsxcliText.Fits, Glance = new("#P-Itu<", LineSigns.Comma) },
        new("esxi", EsxiLine.TryNormalize) { Fits = EsxiLine.Fits, Glance = new(" -[<12JFMASOND") },
        new("auditd", AuditLine.TryNormalize)
        {
            Fits = AuditLine.Fits,
            HasRowForRecords = true,
            Glance = new("", LineSigns.Stamp),
            Headers = [new((byte)'-', AuditLine.IsSeparator), new((byte)'t', AuditLine.IsSeparator)],
        },

        new("squid", SquidLine.Fits, SquidLine.Normalize) { Glance = new("0123456789", LineSigns.Squid | LineSigns.Bracket) },
        new("cef", CefLine.Fits, CefLine.Normalize) { Glance = new("", LineSigns.Cef) },

        // A record of another format inside the line.
        new("wrapped", WrappedEvent.Fits, WrappedEvent.Normalize)
        {
            IsImplied = true,
            Glance = new("", LineSigns.Event),
            Headers = [new((byte)'R', WrappedEvent.IsTitle)],
        },

        // Last: a message may go on in lines that look like nothing.
        new("syslog", SyslogLine.TryNormalize),
    ];

    /// <summary>Windows events as XML.</summary>
    public static readonly XmlFormat Xml = new("event-xml", SysmonXml.Normalize);

    /// <summary>NetFlow v5, NetFlow v9 and IPFIX as exporters send them.</summary>
    public static readonly InputFormat Datagrams = new("flow-datagram", FlowDatagram.IsAtStart);

    /// <summary>Binary Windows event logs.</summary>
    public static readonly InputFormat EventLogs = new("evtx", EventLogLayout.IsAtStart);

    /// <summary>Tables as CSV, as the portals of Sentinel, Log Analytics and Defender export them: each row is read as a record.</summary>
    public static readonly InputFormat Tables = new("csv", CsvTable.IsAtStart) { IsImplied = true };

    /// <summary>Packet captures: they are told by their first bytes, whichever format is asked for.</summary>
    public static readonly InputFormat Captures = new("capture", CaptureReader.IsCapture) { IsImplied = true };

    /// <summary>All of them.</summary>
    public static readonly Format[] All = [.. Json, .. Lines, Xml, EventLogs, Datagrams, Tables, Captures];

    /// <summary>Where each top-level field of the JSON formats stands, and when a record is known for irrelevant.</summary>
    public static readonly TopLevelIndex Index = new(
        Json.Select(format => format.Skip).OfType<JsonSkipRule>().Distinct(), [.. Json.Select(format => format.TopLevel)]);
}

/// <summary>The names of formats, for an input whose format is known and not to be found from its content.</summary>
public static class FormatNames
{
    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. FormatTable.All.Where(format => !format.IsImplied).Select(format => format.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Why a record cannot be of the format that was asked for.</summary>
    internal static string NotOf(string format) => $"Not a record of the format that was asked for, {format}.";
}

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>The names by which sources are counted and shown (<c>source</c> of an observation, <c>bySource</c> of a summary).</summary>
public static class SourceNames
{
    /// <summary>Sysmon for Windows and for Linux, in every rendering.</summary>
    public const string Sysmon = "sysmon";

    /// <summary>Other Windows event channels: read, and skipped by design.</summary>
    public const string WindowsEvent = "windowsEvent";

    /// <summary>Microsoft Defender for Endpoint, streamed tables.</summary>
    public const string Defender = "defender";

    /// <summary>Linux audit records.</summary>
    public const string Auditd = "auditd";

    /// <summary>Syslog of daemons.</summary>
    public const string Syslog = "syslog";

    /// <summary>osquery results.</summary>
    public const string Osquery = "osquery";

    /// <summary>macOS unified log.</summary>
    public const string UnifiedLog = "unifiedLog";

    /// <summary>Endpoint Security events of macOS: eslogger, Mac Monitor.</summary>
    public const string EndpointSecurity = "endpointSecurity";

    /// <summary>ESXi daemons' logs.</summary>
    public const string Esxi = "esxi";

    /// <summary>esxcli connection lists.</summary>
    public const string Esxcli = "esxcli";

    /// <summary>Zeek logs.</summary>
    public const string Zeek = "zeek";

    /// <summary>Suricata EVE.</summary>
    public const string Suricata = "suricata";

    /// <summary>NetFlow and IPFIX, by any collector.</summary>
    public const string Netflow = "netflow";

    /// <summary>Azure VNet and NSG flow logs, and rows of their kind.</summary>
    public const string AzureFlow = "azureFlow";

    /// <summary>Squid's access.log.</summary>
    public const string Squid = "squid";

    /// <summary>Proxies' records in the Common Event Format.</summary>
    public const string Cef = "cef";

    /// <summary>CipherWatch's own payload-sample record.</summary>
    public const string PayloadSample = "payloadSample";

    /// <summary>Packet captures read by the local runner.</summary>
    public const string Capture = "capture";

    /// <summary>An envelope or array that holds no record.</summary>
    public const string Envelope = "envelope";

    /// <summary>No format fits: such a record is a dead letter.</summary>
    public const string Unrecognised = "unrecognised";
}

namespace CipherWatch.Sinks.LogAnalytics;

// Generated from infra/detections.columns.json (CIPHERWATCH_UPDATE_GOLDEN=1 writes it anew); a test compares the two.

/// <summary>Columns of the table of detections in a workspace. Each is described in <c>docs/fields.md</c>.</summary>
public static class DetectionColumns
{
    /// <summary>The table.</summary>
    public const string Table = "CipherWatch_CL";

    /// <summary>The stream of the collection rule.</summary>
    public const string Stream = "Custom-CipherWatch_CL";

    /// <summary>When the row was written, by the app's clock; when things were seen is in three columns of their own.</summary>
    public const string TimeGenerated = "TimeGenerated";

    /// <summary>Identity of the finding: hash of analytic, entity, destination (if network-only) and UTC day, in hexadecimal.</summary>
    public const string DetectionId = "DetectionId";

    /// <summary>Raised whenever the content changes; the highest revision of a DetectionId is the one that holds.</summary>
    public const string Revision = "Revision";

    /// <summary>Time of the earliest evidence.</summary>
    public const string DetectionTime = "DetectionTime";

    /// <summary>Earliest connection or flow that the finding covers.</summary>
    public const string EventStartTime = "EventStartTime";

    /// <summary>Latest connection or flow that the finding covers.</summary>
    public const string EventEndTime = "EventEndTime";

    /// <summary>AN0400 Windows, AN0401 Linux, AN0402 macOS, AN0403 ESXi, AN0404 network.</summary>
    public const string AnalyticId = "AnalyticId";

    /// <summary>MITRE ATT&amp;CK technique: T1573.001, or T1573.002 where TLS was seen on the channel.</summary>
    public const string AttackTechniques = "AttackTechniques";

    /// <summary>windows, linux, macos, esxi or network.</summary>
    public const string Platform = "Platform";

    /// <summary>low (confidence 20-39), medium (40-69) or high (70-100).</summary>
    public const string Severity = "Severity";

    /// <summary>Sum of the evidence's weights, 20-100.</summary>
    public const string Confidence = "Confidence";

    /// <summary>The finding in one line, for a person.</summary>
    public const string EventMessage = "EventMessage";

    /// <summary>Host of the process: lower-case first label of its name. Empty for network-only findings.</summary>
    public const string DvcHostname = "DvcHostname";

    /// <summary>Identity of the process: host and recorder's GUID, or host, process number and start.</summary>
    public const string ProcessKey = "ProcessKey";

    /// <summary>Process number.</summary>
    public const string ActingProcessId = "ActingProcessId";

    /// <summary>Recorder's GUID of the process.</summary>
    public const string ActingProcessGuid = "ActingProcessGuid";

    /// <summary>Full path of the executable.</summary>
    public const string ActingProcessName = "ActingProcessName";

    /// <summary>Command line, as recorded.</summary>
    public const string ActingProcessCommandLine = "ActingProcessCommandLine";

    /// <summary>Full path of the parent's executable.</summary>
    public const string ParentProcessName = "ParentProcessName";

    /// <summary>Account that the process runs as.</summary>
    public const string ActorUsername = "ActorUsername";

    /// <summary>SHA-256 of the executable, lower-case hexadecimal.</summary>
    public const string ActingProcessSHA256 = "ActingProcessSHA256";

    /// <summary>Whether the executable carries a valid signature; empty where nobody said.</summary>
    public const string ActingProcessSigned = "ActingProcessSigned";

    /// <summary>Who signed the executable.</summary>
    public const string ActingProcessSigner = "ActingProcessSigner";

    /// <summary>Address of the channel's far end.</summary>
    public const string DstIpAddr = "DstIpAddr";

    /// <summary>Port of the channel's far end.</summary>
    public const string DstPortNumber = "DstPortNumber";

    /// <summary>Transport, lower case: tcp, udp.</summary>
    public const string NetworkProtocol = "NetworkProtocol";

    /// <summary>Name of the far end, where known.</summary>
    public const string DstHostname = "DstHostname";

    /// <summary>Version of the settings that judged it.</summary>
    public const string SettingsVersion = "SettingsVersion";

    /// <summary>What was found: kind, time, weight, detail, observationIds. Weight 0 says what is missing or switched off.</summary>
    public const string Evidence = "Evidence";

    /// <summary>Why an analyst suppressed it; empty where nobody did.</summary>
    public const string SuppressedReason = "SuppressedReason";

    /// <summary>Who suppressed it.</summary>
    public const string SuppressedBy = "SuppressedBy";

    /// <summary>Until when, against the finding's own time; empty for ever.</summary>
    public const string SuppressedUntil = "SuppressedUntil";

    /// <summary>DetectionId of the process's finding that covers the same channel, for a network-only one.</summary>
    public const string SupersededBy = "SupersededBy";

    /// <summary>True where what is known by now no longer implies the finding.</summary>
    public const string Withdrawn = "Withdrawn";

    /// <summary>Community IDs of flows that the evidence rests on, up to six, the earliest first.</summary>
    public const string CommunityIds = "CommunityIds";

    /// <summary>Display filter for Wireshark: addresses, port and time of the channel.</summary>
    public const string WiresharkFilter = "WiresharkFilter";

    /// <summary>Query for who talks to the far end: over DeviceNetworkEvents; CommonSecurityLog for network and ESXi findings.</summary>
    public const string HuntingQuery = "HuntingQuery";
}

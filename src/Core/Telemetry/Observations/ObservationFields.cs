using System.Diagnostics.CodeAnalysis;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>A process, as much of it as one record names.</summary>
public sealed record ProcessFields
{
    /// <summary>The identity under which its facts merge; null where the record names no one process.</summary>
    public ProcessKey? Key { get; init; }

    /// <summary>The operating system's process number.</summary>
    public int? Pid { get; init; }

    /// <summary>The recorder's GUID of the process: lower case, no braces; null where it is all zeros.</summary>
    public string? Guid { get; init; }

    /// <summary>The parent's process number.</summary>
    public int? ParentPid { get; init; }

    /// <summary>
    /// When the process's present image began. Where process numbers are used again, it tells processes of one number apart; the
    /// record of a start always has it, others where the source says it.
    /// </summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The serial of the audit event in which the present image began.</summary>
    public long? StartSerial { get; init; }

    /// <summary>The boot of the host that the process number is of, lower-case hex without hyphens.</summary>
    public string? BootId { get; init; }

    /// <summary>The name of the thread that the kernel shows, cut at 15 bytes: a program sets it as it likes.</summary>
    public string? ThreadName { get; init; }

    /// <summary>Full path of the executable, as written.</summary>
    public string? Image { get; init; }

    /// <summary>Command line, as written.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Full path of the parent's executable.</summary>
    public string? ParentImage { get; init; }

    /// <summary>Account it runs as.</summary>
    public string? User { get; init; }

    /// <summary>SHA-256 of the executable where known, lower-case hex.</summary>
    public string? Hash { get; init; }

    /// <summary>Whether the executable carries a valid signature, from the load of the process's own image.</summary>
    public bool? Signed { get; init; }

    /// <summary>Who signed the executable.</summary>
    public string? Signer { get; init; }

    /// <summary>What the signature calls the executable (macOS: the code signing identifier).</summary>
    public string? SigningId { get; init; }

    /// <summary>The developer's team that signed it (macOS); null for the platform's own and for what nobody vouches for.</summary>
    public string? TeamId { get; init; }

    /// <summary>Whether it is part of the operating system, by its signature (macOS).</summary>
    public bool? IsPlatformBinary { get; init; }

    /// <summary>The job that started it (macOS: launchd's domain and label).</summary>
    public string? Job { get; init; }
}

/// <summary>A library that was mapped, or a routine that was called.</summary>
public sealed record ModuleFields
{
    /// <summary>The path that stands for the ciphers of the Linux kernel, reached through sockets of the family AF_ALG.</summary>
    public const string KernelCrypto = "af_alg";

    /// <summary>Full path, or the routine's name.</summary>
    public required string Path { get; init; }

    /// <summary>The algorithm that was called by name: of the kernel's, kind and name, as in <c>skcipher ctr(aes)</c>.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Whether it carries a valid signature.</summary>
    public bool? Signed { get; init; }

    /// <summary>Who signed it.</summary>
    public string? Signer { get; init; }

    /// <summary>SHA-256 where known, lower-case hex.</summary>
    public string? Hash { get; init; }

    /// <summary>The mapped file is the process's own executable: its signature is the process's.</summary>
    public bool IsOwnImage { get; init; }
}

/// <summary>A flow, oriented: src is the initiator where anyone knows it.</summary>
public sealed record FlowFields
{
    /// <summary>A flow of which nothing is known yet.</summary>
    public FlowFields()
    {
    }

    /// <summary>A flow between two ends.</summary>
    [SetsRequiredMembers]
    public FlowFields(in FlowEnds ends)
    {
        SrcIp = ends.SrcIp;
        SrcPort = ends.SrcPort;
        DstIp = ends.DstIp;
        DstPort = ends.DstPort;
        Protocol = ends.Protocol;
    }

    /// <summary>Initiator's address.</summary>
    public required IpAddress SrcIp { get; init; }

    /// <summary>Initiator's port, 0 for protocols without ports.</summary>
    public required ushort SrcPort { get; init; }

    /// <summary>Responder's address.</summary>
    public required IpAddress DstIp { get; init; }

    /// <summary>Responder's port.</summary>
    public required ushort DstPort { get; init; }

    /// <summary>IANA protocol number: 6 TCP, 17 UDP.</summary>
    public required byte Protocol { get; init; }

    /// <summary>The source does not say TCP or UDP: <see cref="Protocol"/> is the likelier, TCP.</summary>
    public bool IsProtocolAssumed { get; init; }

    /// <summary>Whether src is known to be the initiator; otherwise the source wrote a half of a flow as it saw it.</summary>
    public bool InitiatorKnown { get; init; }

    /// <summary>The start of the flow was not seen: which end opened it is inferred from its ports.</summary>
    public bool IsInitiatorInferred { get; init; }

    /// <summary>The counters cover only what this record reports, so that a flow's records add up; else they are totals so far.</summary>
    public bool CountersAreDeltas { get; init; }

    /// <summary>
    /// One end is not named: hidden from the log, or not the record's to say. It is unspecified then, and the flow is found by the other.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>Who opened it, seen from the observation's host.</summary>
    public FlowDirection Direction { get; init; }

    /// <summary>Payload bytes src → dst (IP bytes where the source counts those).</summary>
    public long? BytesOut { get; init; }

    /// <summary>Payload bytes dst → src.</summary>
    public long? BytesIn { get; init; }

    /// <summary>Packets src → dst.</summary>
    public long? PacketsOut { get; init; }

    /// <summary>Packets dst → src.</summary>
    public long? PacketsIn { get; init; }

    /// <summary>
    /// The exporter looked at one packet in this many: the counters are estimates, what it counted times this. Null where it looked at all.
    /// </summary>
    public long? SampledOneIn { get; init; }

    /// <summary>From the first packet to the last, milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Application protocol as the source names it, lower case (tls, ssh, quic, http …).</summary>
    public string? Application { get; init; }

    /// <summary>Application protocol that the source tried on the flow and gave up, lower case: whatever it is, it is not this.</summary>
    public string? RuledOut { get; init; }

    /// <summary>What the source says of the key exchange.</summary>
    public Handshake Handshake { get; init; }

    /// <summary>Name the client asked for (SNI, HTTP host, Sysmon's destination host name).</summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// The flow leads to a proxy, which was asked for <see cref="ServerName"/>: by <c>CONNECT</c>, or by a whole URL.
    /// </summary>
    public bool IsProxied { get; init; }

    /// <summary>The port that a proxy was asked for; 0 where it was not, or the record does not say.</summary>
    public ushort ServerPort { get; init; }

    /// <summary>The canonical key, the same for both directions.</summary>
    public FlowKey Key => FlowKey.Create(SrcIp, SrcPort, DstIp, DstPort, Protocol);
}

/// <summary>What is known of the bytes of a flow.</summary>
public sealed record PayloadFields
{
    /// <summary>Bytes the sample stands for.</summary>
    public required int Length { get; init; }

    /// <summary>Which way they went.</summary>
    public PayloadDirection Direction { get; init; }

    /// <summary>Position of the first sampled byte within its direction of the flow; null where not said.</summary>
    public long? Offset { get; init; }

    /// <summary>What the sample says of its flow's key exchange, where the record names the flow by its Community ID only.</summary>
    public Handshake Handshake { get; init; }

    /// <summary>The verdict with its numbers.</summary>
    public required PayloadScore Score { get; init; }

    /// <summary>Hash of the sample's content and place: repetition of the same sample counts once.</summary>
    public required ulong SampleId { get; init; }
}

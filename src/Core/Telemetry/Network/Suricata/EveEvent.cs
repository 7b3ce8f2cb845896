using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Suricata;

/// <summary>What every event has.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Recorded">When it was written.</param>
/// <param name="Packet">Its ends as written: of the packet for some types, of the flow for others.</param>
/// <param name="Initiator">Which end of them opened the flow.</param>
internal readonly record struct EveEvent(EveType Type, DateTimeOffset Recorded, FlowEnds Packet, EveInitiator Initiator)
{
    /// <summary>The flow's ends, with its initiator as source where that is known.</summary>
    public FlowEnds Ends => Initiator == EveInitiator.Destination ? Packet.Reversed : Packet;

    /// <summary>Whether it is known who opened the flow.</summary>
    public bool InitiatorKnown => Initiator != EveInitiator.Unknown;
}

/// <summary>The event types that are read, and all others, which say nothing of encrypted channels.</summary>
internal enum EveType
{
    /// <summary>Any other.</summary>
    Other = -1,

    /// <summary>A flow that is over, with its counters both ways.</summary>
    Flow,

    /// <summary>One direction of a flow that is over.</summary>
    Netflow,

    /// <summary>A TLS handshake.</summary>
    Tls,

    /// <summary>A QUIC handshake.</summary>
    Quic,

    /// <summary>An SSH banner exchange.</summary>
    Ssh,

    /// <summary>An HTTP transaction.</summary>
    Http,

    /// <summary>A file seen in a flow.</summary>
    Fileinfo,

    /// <summary>A rule that matched.</summary>
    Alert,

    /// <summary>Packets that do not fit together.</summary>
    Anomaly,
}

/// <summary>How event types are written.</summary>
internal static class EveTypes
{
    private static readonly (EveType Type, string Word)[] Rows =
    [
        (EveType.Flow, "flow"), (EveType.Netflow, "netflow"), (EveType.Tls, "tls"), (EveType.Quic, "quic"), (EveType.Ssh, "ssh"),
        (EveType.Http, "http"), (EveType.Fileinfo, "fileinfo"), (EveType.Alert, "alert"), (EveType.Anomaly, "anomaly"),
    ];

    private static readonly FieldNames Words = new([.. Rows.Select(row => row.Word)]);
    private static readonly EveType[] TypesByWord = [.. Rows.Select(row => row.Type)];
    private static readonly string[] WordsByType = [.. Rows.OrderBy(row => row.Type).Select(row => row.Word)];

    /// <summary>The type that a word names.</summary>
    public static EveType Of(ReadOnlySpan<byte> word) => Words.Find(word) is >= 0 and int place ? TypesByWord[place] : EveType.Other;

    /// <summary>The word for a type that is read.</summary>
    public static string Word(EveType type) => WordsByType[(int)type];
}

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>What flow exporters and collectors write, whatever each calls it.</summary>
internal enum ExporterField
{
    /// <summary>Source address.</summary>
    Source,

    /// <summary>Destination address.</summary>
    Destination,

    /// <summary>Source port.</summary>
    SourcePort,

    /// <summary>Destination port; for ICMP often type × 256 + code.</summary>
    DestinationPort,

    /// <summary>IP protocol, name or number.</summary>
    Protocol,

    /// <summary>ICMP type, or type × 256 + code.</summary>
    IcmpType,

    /// <summary>ICMP code.</summary>
    IcmpCode,

    /// <summary>First packet, on a wall clock.</summary>
    Start,

    /// <summary>Last packet, on a wall clock.</summary>
    End,

    /// <summary>First packet, in milliseconds since the exporter started, or a wall clock where the collector converted it.</summary>
    UptimeStart,

    /// <summary>Last packet, likewise.</summary>
    UptimeEnd,

    /// <summary>How long the exporter had run when it sent the record, milliseconds.</summary>
    Uptime,

    /// <summary>When the collector had it.</summary>
    Received,

    /// <summary>Bytes source → destination.</summary>
    Bytes,

    /// <summary>Bytes destination → source, where one record is both halves.</summary>
    ReverseBytes,

    /// <summary>Packets source → destination.</summary>
    Packets,

    /// <summary>Packets destination → source.</summary>
    ReversePackets,

    /// <summary>One packet in this many was looked at; 0 and 1 both mean every one.</summary>
    Sampling,

    /// <summary>Packets of a run that is looked at.</summary>
    SamplingRun,

    /// <summary>Packets left out after each run that is looked at; 0 means none.</summary>
    SamplingSpace,

    /// <summary>What a firewall says it did: 3, or the word, is that it denied the traffic.</summary>
    Event,

    /// <summary>Application.</summary>
    Application,

    /// <summary>Which end opened it (IPFIX: 1 the source, 2 the destination, 3 not said).</summary>
    Direction,

    /// <summary>What a router did: of the highest two bits of the byte, 2 is that it dropped the packets.</summary>
    ForwardingStatus,

    /// <summary>Entropy of the payload source → destination, in the exporter's own unit.</summary>
    Entropy,

    /// <summary>Entropy of the payload destination → source.</summary>
    ReverseEntropy,
}

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>The information elements that are read; all others are passed over by their length.</summary>
internal enum FlowElement
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>Source address, 4 or 16 bytes.</summary>
    Source,

    /// <summary>Destination address.</summary>
    Destination,

    /// <summary>Source port.</summary>
    SourcePort,

    /// <summary>Destination port.</summary>
    DestinationPort,

    /// <summary>IP protocol.</summary>
    Protocol,

    /// <summary>ICMP type × 256 + code.</summary>
    IcmpTypeCode,

    /// <summary>Bytes source → destination.</summary>
    Bytes,

    /// <summary>Packets source → destination.</summary>
    Packets,

    /// <summary>Bytes destination → source, of a record that is both halves.</summary>
    ReverseBytes,

    /// <summary>Packets destination → source.</summary>
    ReversePackets,

    /// <summary>First packet, in milliseconds since the exporter started.</summary>
    StartUptime,

    /// <summary>Last packet, likewise.</summary>
    EndUptime,

    /// <summary>First packet, Unix seconds.</summary>
    StartSeconds,

    /// <summary>Last packet, Unix seconds.</summary>
    EndSeconds,

    /// <summary>First packet, Unix milliseconds.</summary>
    StartMilliseconds,

    /// <summary>Last packet, Unix milliseconds.</summary>
    EndMilliseconds,

    /// <summary>First packet, NTP time: seconds since 1900 and a fraction of 32 bits each.</summary>
    StartNtp,

    /// <summary>Last packet, NTP time.</summary>
    EndNtp,

    /// <summary>When the exporter started, Unix milliseconds.</summary>
    SystemStart,

    /// <summary>From the first packet to the last, milliseconds.</summary>
    Duration,

    /// <summary>One packet in this many was looked at.</summary>
    Sampling,

    /// <summary>Entropy of the payload source → destination, 8 bits a byte scaled to 256 (YAF).</summary>
    Entropy,

    /// <summary>Entropy of the payload destination → source.</summary>
    ReverseEntropy,

    /// <summary>How often each byte value stands in the payload: 256 counts of 1, 2 or 4 bytes (Cisco ETA, Joy).</summary>
    ByteDistribution,
}

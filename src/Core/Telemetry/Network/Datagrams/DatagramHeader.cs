using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>The header of an export datagram: NetFlow v5, NetFlow v9 or IPFIX (RFC 3954, RFC 7011), in network byte order.</summary>
/// <param name="Version">5, 9 or 10 (IPFIX).</param>
/// <param name="Length">Bytes of the header.</param>
/// <param name="Exported">When the exporter sent it, by its own clock.</param>
/// <param name="UptimeMs">Milliseconds since the exporter started; 0 in IPFIX, which does not say.</param>
/// <param name="Domain">Observation domain (IPFIX) or source id (v9): template ids count within it. 0 for v5.</param>
/// <param name="Sampling">One packet in this many was looked at; 0 and 1 both mean every one. Only v5 says so here.</param>
internal readonly record struct DatagramHeader(int Version, int Length, DateTimeOffset Exported, uint UptimeMs, uint Domain, int Sampling)
{
    /// <summary>Bytes of the longest header: enough to tell a datagram by.</summary>
    public const int LongestBytes = 24;

    private const int SamplingBits = 0x3fff;

    /// <summary>Reads the header of bytes that <see cref="DatagramFrame"/> has found to be a datagram.</summary>
    public static DatagramHeader Of(ReadOnlySpan<byte> datagram) => BinaryPrimitives.ReadUInt16BigEndian(datagram) switch
    {
        DatagramFrame.V5 => new(
            DatagramFrame.V5, DatagramFrame.V5Header, Seconds(datagram[8..]).AddTicks(UInt32(datagram[12..]) / TimeSpan.NanosecondsPerTick),
            UInt32(datagram[4..]), 0, BinaryPrimitives.ReadUInt16BigEndian(datagram[22..]) & SamplingBits),
        DatagramFrame.V9 => new(
            DatagramFrame.V9, DatagramFrame.V9Header, Seconds(datagram[8..]), UInt32(datagram[4..]), UInt32(datagram[16..]), 0),
        _ => new(DatagramFrame.Ipfix, DatagramFrame.IpfixHeader, Seconds(datagram[4..]), 0, UInt32(datagram[12..]), 0),
    };

    /// <summary>The wall clock at an uptime of the exporter, which wraps after 49 days.</summary>
    public DateTimeOffset At(uint uptimeMs) => Exported.AddMilliseconds(-(double)unchecked(UptimeMs - uptimeMs));

    private static DateTimeOffset Seconds(ReadOnlySpan<byte> bytes) => DateTimeOffset.FromUnixTimeSeconds(UInt32(bytes));

    private static uint UInt32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}

using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>The header of an export datagram: NetFlow version 1, 5, 7 or 9, or IPFIX (version 10).</summary>
/// <remarks>Sources: RFC 3954 (version 9), RFC 7011 (IPFIX), and Cisco's published layouts of the older versions.</remarks>
/// <param name="Version">1, 5, 7, 9 or 10.</param>
/// <param name="HeaderBytes">Bytes before the records or sets.</param>
/// <param name="Exported">When it was sent, by the exporter's clock; null where that was never set.</param>
/// <param name="UptimeMs">The exporter's uptime when it was sent, which version 5 and 9 count flow times by; 0 for IPFIX.</param>
/// <param name="Source">Source id or observation domain: template ids are of one of these.</param>
internal readonly record struct FlowDatagram(int Version, int HeaderBytes, DateTimeOffset? Exported, uint UptimeMs, uint Source)
{
    /// <summary>Version 1: 16 bytes, then records of 52.</summary>
    public const int V1 = 1;

    /// <summary>Version 7, of Catalyst switches: 24 bytes, then records of 52.</summary>
    public const int V7 = 7;

    /// <summary>Version 5: 24 bytes, then records of 48.</summary>
    public const int V5 = 5;

    /// <summary>Version 9: 20 bytes, then sets.</summary>
    public const int V9 = 9;

    /// <summary>IPFIX: 16 bytes, then sets.</summary>
    public const int Ipfix = 10;

    /// <summary>Bytes of a set's id and length.</summary>
    public const int SetHeaderBytes = 4;

    /// <summary>Least id of a set that holds data.</summary>
    public const int FirstData = 256;

    private const int V1HeaderBytes = 16;
    private const int V5HeaderBytes = 24;
    private const int V9HeaderBytes = 20;
    private const int IpfixHeaderBytes = 16;

    /// <summary>Records in a datagram of version 1, 5 or 7: 24 to 30 by their descriptions; some exporters fill a frame.</summary>
    private const int MaxRecords = 64;

    /// <summary>2000-01-01: no clock of an exporter that is set at all shows less.</summary>
    private const uint MinSeconds = 946_684_800;

    private const uint NanosecondsPerSecond = 1_000_000_000;

    private static readonly int[] Versions = [V1, V5, V7, V9, Ipfix];

    /// <summary>Bytes of a record where all are alike: of versions before 9. 0 where templates say.</summary>
    public int RecordBytes => Version switch { V1 or V7 => 52, V5 => 48, _ => 0 };

    /// <summary>
    /// When the exporter started, Unix milliseconds, as it says in options data: uptimes of IPFIX count from there. 0 where not said.
    /// </summary>
    public ulong BootedMs { get; init; }

    /// <summary>
    /// Whether bytes open with such a datagram: a version, a time since 2000, and then a set whose id there is, or, before version 9,
    /// as many records as are announced. Text never opens with a zero byte, and UTF-16 has no character where the set's id stands.
    /// An exporter whose clock was never set is told by its datagrams' lengths alone.
    /// </summary>
    public static bool IsAtStart(ReadOnlySpan<byte> bytes)
    {
        if (!TryRead(bytes, out FlowDatagram header))
        {
            return false;
        }

        bool sound = header.RecordBytes > 0 || bytes.Length < header.HeaderBytes + SetHeaderBytes
            || IsSet(header.Version, bytes[header.HeaderBytes..]);
        return sound && (header.Exported is not null || EndsWhereItSays(header, bytes));
    }

    /// <summary>Reads a header; false when it is none, or cut.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FlowDatagram header)
    {
        header = default;
        if (bytes.Length < IpfixHeaderBytes || bytes[0] != 0)
        {
            return false;
        }

        ushort second = U16(bytes[2..]);
        switch (bytes[1])
        {
            case V1 or V5 or V7 when second is > 0 and <= MaxRecords && U32(bytes[12..]) < NanosecondsPerSecond:
                int length = bytes[1] == V1 ? V1HeaderBytes : V5HeaderBytes;
                if (bytes.Length < length)
                {
                    return false;
                }

                DateTimeOffset? exported = Seconds(bytes[8..])?.AddTicks(U32(bytes[12..]) / TimeSpan.NanosecondsPerTick);
                header = new(bytes[1], length, exported, U32(bytes[4..]), bytes[1] == V5 ? U16(bytes[20..]) : 0u);
                return true;
            case V9 when bytes.Length >= V9HeaderBytes:
                header = new(V9, V9HeaderBytes, Seconds(bytes[8..]), U32(bytes[4..]), U32(bytes[16..]));
                return true;
            case Ipfix when second >= IpfixHeaderBytes:
                header = new(Ipfix, IpfixHeaderBytes, Seconds(bytes[4..]), 0, U32(bytes[12..]));
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// Where a datagram ends that starts here: versions before 9 count their records, IPFIX its bytes, and the sets of version 9 go on to
    /// where
    /// no set's id stands, because the next datagram's version is none. More than there is when it is cut.
    /// </summary>
    public int Length(ReadOnlySpan<byte> bytes)
    {
        if (RecordBytes > 0)
        {
            return HeaderBytes + (U16(bytes[2..]) * RecordBytes);
        }

        if (Version == Ipfix)
        {
            return U16(bytes[2..]);
        }

        int at = V9HeaderBytes;
        while (at < bytes.Length)
        {
            if (bytes.Length - at < SetHeaderBytes)
            {
                return at + SetHeaderBytes;
            }

            if (!IsSet(V9, bytes[at..]))
            {
                return at;
            }

            at += U16(bytes[(at + 2)..]);
        }

        return at;
    }

    /// <summary>A time that was written as the exporter's uptime in milliseconds, which wraps round every 50 days; zero is none.</summary>
    public DateTimeOffset? OfUptime(uint uptimeMs) =>
        uptimeMs == 0 ? null : Exported?.AddMilliseconds(-(double)unchecked((int)(UptimeMs - uptimeMs)));

    /// <summary>Whether a set of this version opens here.</summary>
    private static bool IsSet(int version, ReadOnlySpan<byte> bytes) =>
        (U16(bytes) is var id && (id >= FirstData || (version == V9 ? id is 0 or 1 : id is 2 or 3))) && U16(bytes[2..]) >= SetHeaderBytes;

    /// <summary>Whether the bytes hold the datagram to its end, and behind it nothing or another one.</summary>
    private static bool EndsWhereItSays(FlowDatagram header, ReadOnlySpan<byte> bytes)
    {
        int length = header.Length(bytes);
        return length > header.HeaderBytes && (length == bytes.Length
            || (length + 1 < bytes.Length && bytes[length] == 0 && Versions.Contains(bytes[length + 1])));
    }

    private static DateTimeOffset? Seconds(ReadOnlySpan<byte> bytes) =>
        U32(bytes) is var seconds && seconds >= MinSeconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}

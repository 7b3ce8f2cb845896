using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>The header of an export datagram: NetFlow version 5 or 9, or IPFIX (version 10).</summary>
/// <remarks>Sources: RFC 3954 (version 9), RFC 7011 (IPFIX), and Cisco's published layout of version 5.</remarks>
/// <param name="Version">5, 9 or 10.</param>
/// <param name="HeaderBytes">Bytes before the records or sets.</param>
/// <param name="Exported">When it was sent, by the exporter's clock.</param>
/// <param name="UptimeMs">The exporter's uptime when it was sent, which version 5 and 9 count flow times by; 0 for IPFIX.</param>
/// <param name="Source">Source id or observation domain: template ids are of one of these.</param>
internal readonly record struct FlowDatagram(int Version, int HeaderBytes, DateTimeOffset Exported, uint UptimeMs, uint Source)
{
    /// <summary>Version 5: 24 bytes, then records of 48.</summary>
    public const int V5 = 5;

    /// <summary>Version 9: 20 bytes, then sets.</summary>
    public const int V9 = 9;

    /// <summary>IPFIX: 16 bytes, then sets.</summary>
    public const int Ipfix = 10;

    /// <summary>Bytes of a version 5 record.</summary>
    public const int V5RecordBytes = 48;

    /// <summary>Bytes of a set's id and length.</summary>
    public const int SetHeaderBytes = 4;

    /// <summary>Least id of a set that holds data.</summary>
    public const int FirstData = 256;

    private const int V5HeaderBytes = 24;
    private const int V9HeaderBytes = 20;
    private const int IpfixHeaderBytes = 16;

    /// <summary>MaxTemplates records in a version 5 datagram: 30 by its description; some exporters fill a frame.</summary>
    private const int V5MaxRecords = 64;

    /// <summary>2000-01-01: no clock of an exporter that is set at all shows less.</summary>
    private const uint MinSeconds = 946_684_800;

    /// <summary>
    /// Whether bytes open with such a datagram: a version, a time since 2000, and then a set whose id there is, or, in version 5, as
    /// many records as are announced. Text never opens with a zero byte, and UTF-16 has no character where the set's id stands.
    /// </summary>
    public static bool IsAtStart(ReadOnlySpan<byte> bytes) =>
        TryRead(bytes, out FlowDatagram header) && (header.Version == V5 || bytes.Length < header.HeaderBytes + SetHeaderBytes
            || IsSet(header.Version, bytes[header.HeaderBytes..]));

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
            case V5 when bytes.Length >= V5HeaderBytes && second is > 0 and <= V5MaxRecords:
                DateTimeOffset exported = Seconds(bytes[8..]).AddTicks(U32(bytes[12..]) % 1_000_000_000 / 100);
                header = new(V5, V5HeaderBytes, exported, U32(bytes[4..]), U16(bytes[20..]));
                break;
            case V9 when bytes.Length >= V9HeaderBytes:
                header = new(V9, V9HeaderBytes, Seconds(bytes[8..]), U32(bytes[4..]), U32(bytes[16..]));
                break;
            case Ipfix when second >= IpfixHeaderBytes:
                header = new(Ipfix, IpfixHeaderBytes, Seconds(bytes[4..]), 0, U32(bytes[12..]));
                break;
            default:
                return false;
        }

        return header.Exported.ToUnixTimeSeconds() >= MinSeconds;
    }

    /// <summary>
    /// Where a datagram ends that starts here: version 5 counts its records, IPFIX its bytes, and the sets of version 9 go on to where
    /// no set's id stands, because the next datagram's version is none. More than there is when it is cut.
    /// </summary>
    public int Length(ReadOnlySpan<byte> bytes)
    {
        if (Version == V5)
        {
            return V5HeaderBytes + (U16(bytes[2..]) * V5RecordBytes);
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
        uptimeMs == 0 ? null : Exported.AddMilliseconds(-(double)unchecked((int)(UptimeMs - uptimeMs)));

    /// <summary>Whether a set of this version opens here.</summary>
    private static bool IsSet(int version, ReadOnlySpan<byte> bytes) =>
        (U16(bytes) is var id && (id >= FirstData || (version == V9 ? id is 0 or 1 : id is 2 or 3))) && U16(bytes[2..]) >= SetHeaderBytes;

    private static DateTimeOffset Seconds(ReadOnlySpan<byte> bytes) => DateTimeOffset.FromUnixTimeSeconds(U32(bytes));

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}

using System.Buffers.Binary;

namespace CipherWatch.Core.Tests.Telemetry.Network.Datagrams;

/// <summary>Writes export datagrams as exporters do.</summary>
internal static class DatagramBuilder
{
    public static readonly DateTimeOffset Exported = new(2026, 3, 2, 10, 0, 30, TimeSpan.Zero);
    private const uint UptimeMs = 3_600_000;

    /// <summary>The fields of a plain template, as element and length: addresses, ports, protocol, bytes, packets, times by uptime.</summary>
    public static readonly (int Element, int Length)[] Plain =
        [(8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (1, 4), (2, 4), (22, 4), (21, 4)];

    /// <summary>A record of <see cref="Plain"/>: from 10.20.0.7 to 203.0.113.50:8443 over TCP, 5 s before export, 2 s long.</summary>
    public static byte[] PlainRecord(int sourcePort = 49_812, uint bytes = 2_560) =>
    [
        10, 20, 0, 7, 203, 0, 113, 50, .. U16(sourcePort), .. U16(8_443), 6, .. U32(bytes), .. U32(12), .. U32(UptimeMs - 5_000), .. U32(UptimeMs - 3_000),
    ];

    public static byte[] V5(int samplingInterval, params byte[][] records) =>
    [
        .. U16(5), .. U16(records.Length), .. U32(UptimeMs), .. U32((uint)Exported.ToUnixTimeSeconds()), .. U32(500_000_000), .. U32(7), 0, 0, .. U16(samplingInterval),
        .. records.SelectMany(record => record),
    ];

    public static byte[] V5Record(int sourcePort = 49_812, byte protocol = 6, int destinationPort = 8_443) =>
    [
        10, 20, 0, 7, 203, 0, 113, 50, 0, 0, 0, 0, 0, 1, 0, 2, .. U32(12), .. U32(2_560), .. U32(UptimeMs - 5_000), .. U32(UptimeMs - 3_000),
        .. U16(sourcePort), .. U16(destinationPort), 0, 0x1b, protocol, 0, 0, 0, 0, 0, 24, 24, 0, 0,
    ];

    public static byte[] V9(uint source, params byte[][] sets) =>
    [
        .. U16(9), .. U16(sets.Length), .. U32(UptimeMs), .. U32((uint)Exported.ToUnixTimeSeconds()), .. U32(7), .. U32(source), .. sets.SelectMany(set => set),
    ];

    public static byte[] Ipfix(uint domain, params byte[][] sets) =>
    [
        .. U16(10), .. U16(16 + sets.Sum(set => set.Length)), .. U32((uint)Exported.ToUnixTimeSeconds()), .. U32(7), .. U32(domain), .. sets.SelectMany(set => set),
    ];

    public static byte[] Set(int id, params byte[][] content) =>
        [.. U16(id), .. U16(4 + content.Sum(part => part.Length)), .. content.SelectMany(part => part)];

    public static byte[] Template(int id, params (int Element, int Length)[] fields) =>
        [.. U16(id), .. U16(fields.Length), .. fields.SelectMany(field => (byte[])[.. U16(field.Element), .. U16(field.Length)])];

    /// <summary>A field of an enterprise, for IPFIX.</summary>
    public static byte[] EnterpriseField(int element, int length, uint enterprise) => [.. U16(element | 0x8000), .. U16(length), .. U32(enterprise)];

    public static byte[] U16(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] U64(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }
}

using System.Buffers.Binary;
using System.Buffers.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Families of addresses, by the kernel's numbers.</summary>
internal enum SocketFamily : ushort
{
    /// <summary>AF_UNSPEC: to connect to it undoes a connect.</summary>
    Unspecified = 0,

    /// <summary>AF_INET.</summary>
    Inet = 2,

    /// <summary>AF_INET6.</summary>
    Inet6 = 10,

    /// <summary>AF_ALG: ciphers and hashes of the kernel.</summary>
    Alg = 38,

    /// <summary>Any family that stays on the host or says nothing: unix, netlink, packet, vsock.</summary>
    Other = ushort.MaxValue,
}

/// <summary>An address as the kernel holds it, or as audit's tools write it.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Ip">Address, of inet and inet6.</param>
/// <param name="Port">Port, of inet and inet6.</param>
internal readonly record struct SocketAddress(SocketFamily Family, IpAddress Ip, ushort Port)
{
    /// <summary>Offset of an AF_ALG address's type, and its bytes.</summary>
    private const int AlgType = 2;
    private const int AlgTypeBytes = 14;

    /// <summary>Offset of its name, and its bytes.</summary>
    private const int AlgName = 24;
    private const int AlgNameBytes = 64;

    /// <summary>Whether it names a host and a port.</summary>
    public bool IsInternet => Family is SocketFamily.Inet or SocketFamily.Inet6;

    /// <summary>Reads the kernel's bytes.</summary>
    /// <remarks>
    /// The family is in the host's byte order, all else in the network's. Every family is under 256, so that its own two bytes tell
    /// the order, and the record of the call with its architecture is not needed.
    /// </remarks>
    /// <param name="bytes">The bytes, of which there may be more than the address has.</param>
    public static SocketAddress Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
        {
            return new(SocketFamily.Other, default, 0);
        }

        ushort family = bytes[0] == 0 ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return (SocketFamily)family switch
        {
            SocketFamily.Inet when bytes.Length >= 8 =>
                new(SocketFamily.Inet, IpAddress.FromBytes(bytes.Slice(4, 4)), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            SocketFamily.Inet6 when bytes.Length >= 24 =>
                new(SocketFamily.Inet6, IpAddress.FromBytes(bytes.Slice(8, 16)), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            SocketFamily.Alg => new(SocketFamily.Alg, default, 0),
            SocketFamily.Unspecified => default,
            _ => new(SocketFamily.Other, default, 0),
        };
    }

    /// <summary>
    /// Reads <c>saddr_fam=inet laddr=203.0.113.9 lport=80</c>, in which the words for local mean the remote end of a connect.
    /// </summary>
    public static SocketAddress OfText(ReadOnlySpan<byte> text)
    {
        AuditFields fields = new(text);
        SocketFamily family = SocketFamily.Other;
        IpAddress ip = default;
        ushort port = 0;
        bool hasIp = false;
        while (fields.Next())
        {
            if (fields.Key.SequenceEqual("saddr_fam"u8) || fields.Key.SequenceEqual("fam"u8))
            {
                family = fields.Value.SequenceEqual("inet"u8) ? SocketFamily.Inet
                    : fields.Value.SequenceEqual("inet6"u8) ? SocketFamily.Inet6
                    : fields.Value.StartsWith("alg"u8) ? SocketFamily.Alg
                    : SocketFamily.Other;
            }
            else if (fields.Key.SequenceEqual("laddr"u8) || fields.Key.SequenceEqual("addr"u8))
            {
                hasIp = IpAddress.TryParse(fields.Value, out ip);
            }
            else if (fields.Key.SequenceEqual("lport"u8) || fields.Key.SequenceEqual("port"u8))
            {
                port = Utf8Parser.TryParse(fields.Value, out ushort number, out _) ? number : (ushort)0;
            }
        }

        return family is SocketFamily.Inet or SocketFamily.Inet6 && !hasIp ? new(SocketFamily.Other, default, 0) : new(family, ip, port);
    }

    /// <summary>The field of such a text that cannot be what it says; null where all can.</summary>
    public static string? WrongIn(ReadOnlySpan<byte> text)
    {
        AuditFields fields = new(text);
        bool isInternet = false;
        string? wrong = null;
        while (fields.Next())
        {
            if (fields.Key.SequenceEqual("saddr_fam"u8) || fields.Key.SequenceEqual("fam"u8))
            {
                isInternet = fields.Value.StartsWith("inet"u8);
            }
            else if (fields.Key.SequenceEqual("laddr"u8) || fields.Key.SequenceEqual("addr"u8))
            {
                wrong ??= IpAddress.TryParse(fields.Value, out _) ? null : "laddr";
            }
            else if (fields.Key.SequenceEqual("lport"u8) || fields.Key.SequenceEqual("port"u8))
            {
                wrong ??= Utf8Parser.TryParse(fields.Value, out ushort _, out int used) && used == fields.Value.Length ? null : "lport";
            }
        }

        return isInternet ? wrong : null;
    }

    /// <summary>The type of an AF_ALG address: skcipher, aead, hash, rng.</summary>
    public static ReadOnlySpan<byte> TypeOfAlg(ReadOnlySpan<byte> bytes) => Text(bytes, AlgType, AlgTypeBytes);

    /// <summary>The algorithm of an AF_ALG address, <c>ctr(aes)</c>.</summary>
    public static ReadOnlySpan<byte> NameOfAlg(ReadOnlySpan<byte> bytes) => Text(bytes, AlgName, AlgNameBytes);

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> bytes, int at, int length)
    {
        if (bytes.Length <= at)
        {
            return default;
        }

        ReadOnlySpan<byte> text = bytes.Slice(at, Math.Min(length, bytes.Length - at));
        int end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }
}

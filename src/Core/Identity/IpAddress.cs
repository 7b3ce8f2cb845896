using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CipherWatch.Core.Identity;

/// <summary>An IPv4 or IPv6 address as a value: compared, hashed and ordered without allocation.</summary>
/// <remarks>An IPv4 address mapped into IPv6 (<c>::ffff:a.b.c.d</c>) is that IPv4 address. A zone index is dropped.</remarks>
public readonly record struct IpAddress : IComparable<IpAddress>
{
    /// <summary>Longest text of an address, with the name of an interface as its zone.</summary>
    private const int MaxTextBytes = 64;

    private static readonly UInt128 MappedPrefix = (UInt128)0xffff << 32;

    // IPv4 is held in its mapped form, so that one number orders and compares both families.
    private readonly UInt128 _value;

    private IpAddress(UInt128 value) => _value = value;

    /// <summary>Whether it is an IPv4 address.</summary>
    public bool IsV4 => _value >> 32 == 0xffff;

    /// <summary>Whether it is loopback: 127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => IsV4 ? V4 >> 24 == 127 : _value == 1;

    /// <summary>Whether it is unspecified: 0.0.0.0 or ::.</summary>
    public bool IsUnspecified => _value == 0 || (IsV4 && V4 == 0);

    /// <summary>
    /// Whether a connection to it leaves the host: anything but loopback, link-local, multicast, broadcast and unspecified.
    /// Private ranges count as external, because command and control often runs through an internal relay.
    /// </summary>
    public bool IsExternal => !IsUnspecified && !IsLoopback && (IsV4
        ? V4 >> 16 != 0xa9fe && V4 >> 28 != 0xe && V4 != uint.MaxValue && V4 >> 24 != 0
        : _value >> 118 != 0x3fa && _value >> 120 != 0xff);

    /// <summary>
    /// Whether it is private or shared: 10/8, 172.16/12, 192.168/16, 100.64/10 and fc00::/7 (RFC 1918, 6598, 4193).
    /// </summary>
    public bool IsPrivate => IsV4
        ? V4 >> 24 == 10 || V4 >> 20 == 0xac1 || V4 >> 16 == 0xc0a8 || V4 >> 22 == 0x191
        : _value >> 121 == 0x7e;

    private uint V4 => (uint)_value;

    /// <summary>Reads an address from its 4 or 16 bytes in network order.</summary>
    /// <exception cref="ArgumentException">The span is neither 4 nor 16 bytes long.</exception>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => new(MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new(BinaryPrimitives.ReadUInt128BigEndian(bytes)),
        _ => throw new ArgumentException("An address has 4 or 16 bytes.", nameof(bytes)),
    };

    /// <summary>Reads an address as written in UTF-8; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out IpAddress address)
    {
        if (AddressText.TryV4(utf8, out uint v4))
        {
            address = new(MappedPrefix | v4);
            return true;
        }

        if (AddressText.TryV6(utf8, out UInt128 v6))
        {
            address = new(v6);
            return true;
        }

        if (AddressText.TryPaddedV4(utf8, out v4))
        {
            address = new(MappedPrefix | v4);
            return true;
        }

        // The platform's parser takes "1", "0x7f.1" and "010.0.0.1" (8.0.0.1) for addresses, and drops the port of "[::1]:443": no
        // telemetry means that. What is left to it is IPv6 with a zone, with an IPv4 tail, or in brackets.
        address = default;
        int end = utf8.IndexOf((byte)']');
        return utf8.Length <= MaxTextBytes && utf8.Contains((byte)':') && (end < 0 || end == utf8.Length - 1)
            && IPAddress.TryParse(utf8, out IPAddress? parsed) && TryFrom(parsed, out address);
    }

    /// <summary>Reads an address as written; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        Span<byte> utf8 = stackalloc byte[MaxTextBytes];
        return text.Length <= utf8.Length && Ascii.FromUtf16(text, utf8, out int length) == OperationStatus.Done
            && TryParse(utf8[..length], out address);
    }

    /// <summary>Reads an address that is known to be one.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static IpAddress Parse(string text) =>
        TryParse(text, out IpAddress address) ? address : throw new FormatException($"'{text}' is not an IP address.");

    /// <summary>Writes the 4 or 16 bytes in network order; returns how many.</summary>
    public int CopyTo(Span<byte> destination)
    {
        if (IsV4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, V4);
            return 4;
        }

        BinaryPrimitives.WriteUInt128BigEndian(destination, _value);
        return 16;
    }

    /// <summary>Whether the address lies in a network of the same family.</summary>
    /// <param name="network">Any address of the network.</param>
    /// <param name="prefixLength">Bits that must agree: 0–32, or 0–128 for IPv6.</param>
    public bool IsIn(IpAddress network, int prefixLength)
    {
        int bits = IsV4 ? 32 : 128;
        return IsV4 == network.IsV4 && prefixLength >= 0 && prefixLength <= bits
            && (prefixLength == 0 || (_value ^ network._value) >> (bits - prefixLength) == 0);
    }

    /// <inheritdoc/>
    public int CompareTo(IpAddress other) => _value.CompareTo(other._value);

    /// <summary>The address in its usual text form (RFC 5952 for IPv6).</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        int length = CopyTo(bytes);
        return new IPAddress(bytes[..length]).ToString();
    }

    /// <summary>Whether the left address orders before the right.</summary>
    public static bool operator <(IpAddress left, IpAddress right) => left._value < right._value;

    /// <summary>Whether the left address orders after the right.</summary>
    public static bool operator >(IpAddress left, IpAddress right) => left._value > right._value;

    /// <summary>Whether the left address does not order after the right.</summary>
    public static bool operator <=(IpAddress left, IpAddress right) => left._value <= right._value;

    /// <summary>Whether the left address does not order before the right.</summary>
    public static bool operator >=(IpAddress left, IpAddress right) => left._value >= right._value;

    private static bool TryFrom(IPAddress parsed, out IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        int expected = parsed.AddressFamily == AddressFamily.InterNetwork ? 4 : 16;
        bool written = parsed.TryWriteBytes(bytes, out int length) && length == expected;
        address = written ? FromBytes(bytes[..length]) : default;
        return written;
    }
}

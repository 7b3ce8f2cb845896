using System.Buffers.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Reads an address with its port as hosts' logs write them, without allocating.</summary>
internal static class EndpointText
{
    /// <summary>Characters that an address and a port take at most, blanks included.</summary>
    private const int MaxLength = 72;

    /// <summary>
    /// Reads <c>192.0.2.1:443</c>, <c>192.0.2.1 : 443</c>, <c>[2001:db8::1]:443</c> and <c>2001:db8::1:443</c>, whose last colon
    /// stands before the port.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address, out ushort port) =>
        TrySplit(text, (byte)':', out address, out port);

    /// <summary>Reads as <see cref="TryParse"/>, and Apple's <c>2001:db8::1.443</c>.</summary>
    public static bool TryParseApple(ReadOnlySpan<byte> text, out IpAddress address, out ushort port)
    {
        // An IPv6 address has a dot before its port, an IPv4 address dots and a colon.
        return text.Count((byte)':') > 1 && text.LastIndexOf((byte)'.') > text.LastIndexOf((byte)':')
            ? TrySplit(text, (byte)'.', out address, out port)
            : TrySplit(text, (byte)':', out address, out port);
    }

    /// <summary>Reads a port: a number of 16 bits and nothing else.</summary>
    public static bool TryPort(ReadOnlySpan<byte> text, out ushort port) =>
        Utf8Parser.TryParse(text, out port, out int used) && used == text.Length && used > 0;

    private static bool TrySplit(ReadOnlySpan<byte> text, byte separator, out IpAddress address, out ushort port)
    {
        address = default;
        port = 0;
        int split = text.Length > MaxLength ? -1 : text.LastIndexOf(separator);
        if (split <= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> ip = text[..split].Trim((byte)' ');
        ip = ip is [(byte)'[', .., (byte)']'] ? ip[1..^1] : ip;
        return TryPort(text[(split + 1)..].Trim((byte)' '), out port) && IpAddress.TryParse(ip, out address);
    }
}

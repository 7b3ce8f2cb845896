using System.Buffers;
using System.Buffers.Text;
using System.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>
/// Whom a request asks a proxy for (RFC 9112 §3.2): the authority of <c>CONNECT host:443</c>, or the host of a whole URL. A request to a
/// server itself names a path alone.
/// </summary>
/// <param name="Host">Host name in lower case, or an address without its brackets.</param>
/// <param name="Port">Port; that of the scheme where none is written, 0 where neither is.</param>
internal readonly record struct RequestTarget(string Host, ushort Port)
{
    private const int MaxHostBytes = 255;

    private static readonly SearchValues<byte> NotInHosts = SearchValues.Create(" \t/\\\"<>|"u8);

    /// <summary>Reads whom a request asks a proxy for; false where it is no such request.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="target">What it asks for.</param>
    /// <param name="result">Host and port.</param>
    public static bool TryParse(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, out RequestTarget result) =>
        Ascii.EqualsIgnoreCase(method, "CONNECT"u8) ? TryAuthority(target, 0, out result) : TryUrl(target, out result);

    /// <summary>Reads the host of a whole URL; false where it is none.</summary>
    public static bool TryUrl(ReadOnlySpan<byte> url, out RequestTarget result)
    {
        result = default;
        int scheme = url[..Math.Min(url.Length, 8)].IndexOf("://"u8);
        if (scheme <= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> name = url[..scheme];
        ushort port = (ushort)(Ascii.EqualsIgnoreCase(name, "http"u8) || Ascii.EqualsIgnoreCase(name, "ws"u8) ? 80
            : Ascii.EqualsIgnoreCase(name, "https"u8) || Ascii.EqualsIgnoreCase(name, "wss"u8) ? 443
            : Ascii.EqualsIgnoreCase(name, "ftp"u8) ? 21 : 0);
        ReadOnlySpan<byte> rest = url[(scheme + 3)..];
        int end = rest.IndexOfAny("/?#"u8);
        return port != 0 && TryAuthority(end < 0 ? rest : rest[..end], port, out result);
    }

    /// <summary>Reads <c>host:port</c>, <c>[2001:db8::1]:443</c>, or a host alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="port">The port where none is written.</param>
    /// <param name="result">Host and port.</param>
    public static bool TryAuthority(ReadOnlySpan<byte> text, ushort port, out RequestTarget result)
    {
        result = default;
        text = text[(text.LastIndexOf((byte)'@') + 1)..];
        int colon = text.LastIndexOf((byte)':');
        bool hasPort = colon > 0 && (text[colon - 1] == (byte)']' || text.IndexOf((byte)':') == colon);
        if (hasPort)
        {
            if (!Utf8Parser.TryParse(text[(colon + 1)..], out port, out int used) || used != text.Length - colon - 1)
            {
                return false;
            }

            text = text[..colon];
        }

        text = text is [(byte)'[', .., (byte)']'] ? text[1..^1] : text;
        text = text.TrimEnd((byte)'.');
        if (text.IsEmpty || text.Length > MaxHostBytes || text.ContainsAny(NotInHosts) || text.SequenceEqual("-"u8))
        {
            return false;
        }

        bool isAddress = IpAddress.TryParse(text, out IpAddress ip);
        if (!isAddress && IsNumber(text[(text.LastIndexOf((byte)'.') + 1)..]))
        {
            return false;
        }

        result = new(isAddress ? ip.ToString() : Encoding.UTF8.GetString(text).ToLowerInvariant(), port);
        return true;
    }

    /// <summary>Whether a last label is a number, as in an address in octal or hexadecimal: no name ends in one (RFC 1123 §2.1).</summary>
    private static bool IsNumber(ReadOnlySpan<byte> label) =>
        label.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 || (label is [(byte)'0', (byte)'x' or (byte)'X', ..]);
}

using System.Buffers;
using System.Buffers.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>An address and a port, as daemons write them.</summary>
/// <param name="Ip">Address.</param>
/// <param name="Port">Port; 0 where none is written.</param>
internal readonly record struct Peer(IpAddress Ip, ushort Port)
{
    /// <summary>Longest text of an address with brackets, zone and port.</summary>
    private const int MaxLength = 72;

    private static readonly SearchValues<byte> Ends = SearchValues.Create(" ,;)>(/\t"u8);

    /// <summary>Reads <c>192.0.2.1 port 22</c>, the manner of sshd.</summary>
    public static bool TryWords(ReadOnlySpan<byte> text, out Peer peer) => TryWords(text, out peer, out _);

    /// <inheritdoc cref="TryWords(ReadOnlySpan{byte}, out Peer)"/>
    public static bool TryWords(ReadOnlySpan<byte> text, out Peer peer, out int length)
    {
        peer = default;
        length = 0;
        int end = text.IndexOf((byte)' ');
        if (end < 2 || end > MaxLength || !IpAddress.TryParse(text[..end], out IpAddress ip) || !text[end..].StartsWith(" port "u8)
            || !Utf8Parser.TryParse(text[(end + 6)..], out ushort port, out int used))
        {
            return false;
        }

        peer = new(ip, port);
        length = end + 6 + used;
        return true;
    }

    /// <summary>
    /// Reads <c>192.0.2.1:22</c>, <c>[2001:db8::1]:22</c>, <c>2001:db8::1:22</c>, or an address alone, with which a text begins.
    /// </summary>
    public static bool TryColon(ReadOnlySpan<byte> text, out Peer peer)
    {
        peer = default;
        int end = text[..Math.Min(text.Length, MaxLength)].IndexOfAny(Ends);
        text = end < 0 ? text[..Math.Min(text.Length, MaxLength)] : text[..end];
        if (text is [(byte)'[', ..] && text.IndexOf((byte)']') is > 1 and var close)
        {
            bool bracketed = IpAddress.TryParse(text[1..close], out IpAddress inside);
            ReadOnlySpan<byte> behind = text[(close + 1)..];
            ushort number = 0;
            bool isPort = behind is not [(byte)':', not (byte)'\'' and not (byte)'"', ..]
                || Utf8Parser.TryParse(behind[1..], out number, out _);
            peer = new(inside, number);
            return bracketed && isPort;
        }

        int colon = text.LastIndexOf((byte)':');
        if (colon > 0 && Utf8Parser.TryParse(text[(colon + 1)..], out ushort port, out int used) && used > 0
            && (used == text.Length - colon - 1 || text[colon + 1 + used] is (byte)'.' or (byte)'"' or (byte)'\'')
            && IpAddress.TryParse(text[..colon], out IpAddress ip))
        {
            peer = new(ip, port);
            return true;
        }

        text = text.TrimEnd(".:'\""u8);
        bool alone = IpAddress.TryParse(text, out IpAddress only);
        peer = new(only, 0);
        return alone;
    }

    /// <summary>Reads <c>192.0.2.1[500]</c>, the manner of strongSwan, or an address alone.</summary>
    public static bool TryBracket(ReadOnlySpan<byte> text, out Peer peer)
    {
        peer = default;
        int end = text[..Math.Min(text.Length, MaxLength)].IndexOfAny(" [,"u8);
        ReadOnlySpan<byte> address = end < 0 ? text : text[..end];
        if (!IpAddress.TryParse(address.TrimEnd((byte)'.'), out IpAddress ip))
        {
            return false;
        }

        ushort port = end > 0 && text[end] == (byte)'[' && Utf8Parser.TryParse(text[(end + 1)..], out ushort number, out int used)
            && end + 1 + used < text.Length && text[end + 1 + used] == (byte)']' ? number : (ushort)0;
        peer = new(ip, port);
        return true;
    }

    /// <summary>The text behind the first place of a phrase; empty where it does not stand.</summary>
    public static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> phrase)
    {
        int at = text.IndexOf(phrase);
        return at < 0 ? default : text[(at + phrase.Length)..];
    }
}

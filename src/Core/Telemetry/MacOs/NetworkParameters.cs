namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// The bracket that begins Network.framework's lines about a connection as a whole:
/// <c>[C7 63913BE5-… Hostname#1feeda98:443 tcp, url hash: ef3a82c0, tls, definite, attribution: developer]</c>; before macOS 11
/// <c>[9 &lt;private&gt; stream, bundle id: trustd, pid: 158, traffic class: 100, tls, indefinite]</c>.
/// </summary>
internal ref struct NetworkParameters
{
    private const int UuidLength = 36;

    /// <summary>The connection's number within its process.</summary>
    public int Number;

    /// <summary>Its UUID; empty before macOS 11.</summary>
    public ReadOnlySpan<byte> Uuid;

    /// <summary>The end it was asked for, as written.</summary>
    public ReadOnlySpan<byte> Endpoint;

    /// <summary>The transport as written: tcp, udp, quic, quic-connection, stream.</summary>
    public ReadOnlySpan<byte> Transport;

    /// <summary>Host of the URL that was asked for, where it is written in clear.</summary>
    public ReadOnlySpan<byte> UrlHost;

    /// <summary>TLS was asked for. It is a wish: what came of it, other lines say.</summary>
    public bool WantsTls;

    /// <summary>QUIC was asked for, or TLS over TCP raced beside it.</summary>
    public readonly bool WantsQuic => Transport.StartsWith("quic"u8);

    /// <summary>TLS over TCP raced beside QUIC.</summary>
    public readonly bool IsRace => Transport.SequenceEqual("quic-connection"u8);

    /// <summary>Reads the bracket; false where it is not of a whole connection.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out NetworkParameters parameters)
    {
        parameters = default;
        int close = line.LastIndexOf((byte)']');
        if (close < 4 || !TryNumber(line[1..close], out parameters.Number, out ReadOnlySpan<byte> rest))
        {
            return false;
        }

        if (rest.Length > UuidLength && rest[UuidLength] == (byte)' ' && rest[8] == (byte)'-' && rest[23] == (byte)'-')
        {
            parameters.Uuid = rest[..UuidLength];
            rest = rest[(UuidLength + 1)..];
        }

        int comma = rest.IndexOf(", "u8);
        ReadOnlySpan<byte> head = comma < 0 ? rest : rest[..comma];
        int blank = head.LastIndexOf((byte)' ');
        if (blank <= 0)
        {
            return false;
        }

        parameters.Endpoint = head[..blank];
        parameters.Transport = head[(blank + 1)..];
        ReadOnlySpan<byte> options = comma < 0 ? default : rest[(comma + 2)..];
        parameters.WantsTls = options.IndexOf(", tls,"u8) >= 0 || options.StartsWith("tls,"u8) || options.EndsWith(", tls"u8)
            || options.SequenceEqual("tls"u8);
        parameters.UrlHost = HostOf(options);
        return true;
    }

    /// <summary>Reads <c>C7 …</c>, <c>C7.1.2 …</c> or <c>9.1 …</c>; what stands behind the number is the rest.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out int number, out ReadOnlySpan<byte> rest)
    {
        text = text is [(byte)'C', ..] ? text[1..] : text;
        bool read = System.Buffers.Text.Utf8Parser.TryParse(text, out number, out int used) && used > 0 && number >= 0;
        ReadOnlySpan<byte> after = read ? text[used..] : default;
        int blank = after.IndexOfAny(" :]"u8);
        rest = blank < 0 ? default : after[(blank + 1)..];
        return read && blank >= 0;
    }

    private static ReadOnlySpan<byte> HostOf(ReadOnlySpan<byte> options)
    {
        int at = options.IndexOf("url: "u8);
        ReadOnlySpan<byte> url = at < 0 ? default : options[(at + 5)..];
        int scheme = url.IndexOf("://"u8);
        if (scheme is < 0 or > 16)
        {
            return default;
        }

        url = url[(scheme + 3)..];
        int end = url.IndexOfAny(":/, "u8);
        return end < 0 ? url : url[..end];
    }
}

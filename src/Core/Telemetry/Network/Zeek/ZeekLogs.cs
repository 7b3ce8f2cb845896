namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Zeek's logs, as far as they are told apart here.</summary>
internal enum ZeekLog
{
    /// <summary>A log that says nothing of encrypted channels: recognised and skipped.</summary>
    Other,

    /// <summary>Connections.</summary>
    Conn,

    /// <summary>TLS and DTLS handshakes.</summary>
    Ssl,
}

/// <summary>Tells logs apart by their path.</summary>
internal static class ZeekLogs
{
    /// <summary>The log that a path names; a suffix (<c>conn_long</c>, <c>conn_red</c>) is a variant with the same fields.</summary>
    public static ZeekLog ByPath(ReadOnlySpan<byte> path)
    {
        int suffix = path.IndexOf((byte)'_');
        ReadOnlySpan<byte> variant = suffix < 0 ? default : path[suffix..];
        if (!variant.IsEmpty && !variant.SequenceEqual("_long"u8) && !variant.SequenceEqual("_red"u8))
        {
            return ZeekLog.Other;
        }

        ReadOnlySpan<byte> name = suffix < 0 ? path : path[..suffix];
        return name.SequenceEqual("conn"u8) ? ZeekLog.Conn
            : name.SequenceEqual("ssl"u8) ? ZeekLog.Ssl
            : ZeekLog.Other;
    }
}

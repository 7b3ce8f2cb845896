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

    /// <summary>SSH.</summary>
    Ssh,

    /// <summary>QUIC.</summary>
    Quic,

    /// <summary>HTTP transactions.</summary>
    Http,

    /// <summary>Protocol oddities.</summary>
    Weird,

    /// <summary>Files seen in flows.</summary>
    Files,

    /// <summary>Analysers that gave a flow up: dpd.log, and analyzer.log since Zeek 5.1.</summary>
    Violation,
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
        return Named(name);
    }

    /// <summary>The log that has these fields, for one whose path was lost on the way.</summary>
    /// <param name="present">One bit a <see cref="ZeekField"/>.</param>
    public static ZeekLog ByFields(ulong present)
    {
        bool Has(ZeekField field) => (present & (1UL << (int)field)) != 0;
        return Has(ZeekField.ConnState) ? ZeekLog.Conn
            : Has(ZeekField.Established) && (Has(ZeekField.Version) || Has(ZeekField.Resumed)) ? ZeekLog.Ssl
            : Has(ZeekField.AuthAttempts) ? ZeekLog.Ssh
            : Has(ZeekField.ClientInitialDcid) ? ZeekLog.Quic
            : Has(ZeekField.RequestBodyLen) ? ZeekLog.Http
            : Has(ZeekField.Analyzer) || Has(ZeekField.AnalyzerName) ? ZeekLog.Violation
            : Has(ZeekField.SeenBytes) && Has(ZeekField.Fuid) ? ZeekLog.Files
            : ZeekLog.Other;
    }

    private static ZeekLog Named(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("conn"u8) ? ZeekLog.Conn
        : name.SequenceEqual("ssl"u8) ? ZeekLog.Ssl
        : name.SequenceEqual("ssh"u8) ? ZeekLog.Ssh
        : name.SequenceEqual("quic"u8) ? ZeekLog.Quic
        : name.SequenceEqual("http"u8) ? ZeekLog.Http
        : name.SequenceEqual("weird"u8) ? ZeekLog.Weird
        : name.SequenceEqual("files"u8) ? ZeekLog.Files
        : name.SequenceEqual("dpd"u8) || name.SequenceEqual("analyzer"u8) ? ZeekLog.Violation
        : ZeekLog.Other;
}

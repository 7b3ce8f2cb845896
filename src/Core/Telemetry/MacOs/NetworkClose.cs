using System.Buffers.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// What Network.framework says of a connection when it ends, on the lines behind the first: its ends in clear where they are not
/// redacted, how long each protocol took, and the bytes, in before out.
/// </summary>
internal ref struct NetworkClose
{
    /// <summary>The host's own end; unspecified where it is redacted.</summary>
    public IpAddress Local;

    /// <summary>Its port, 0 where it is not told.</summary>
    public ushort LocalPort;

    /// <summary>The other end, as written.</summary>
    public ReadOnlySpan<byte> Remote;

    /// <summary>It went through the loopback interface.</summary>
    public bool IsLoopback;

    /// <summary>How long the connection lasted, milliseconds; null where it is not told.</summary>
    public long? DurationMs;

    /// <summary>A TCP handshake was made.</summary>
    public bool HadTcp;

    /// <summary>A TLS handshake was made; the protocol's name is missing on some versions.</summary>
    public bool HadTls;

    /// <summary>A QUIC handshake was made.</summary>
    public bool HadQuic;

    /// <summary>Payload bytes received; null where they are not told.</summary>
    public long? BytesIn;

    /// <summary>Payload bytes sent.</summary>
    public long? BytesOut;

    /// <summary>Packets received.</summary>
    public long? PacketsIn;

    /// <summary>Packets sent.</summary>
    public long? PacketsOut;

    /// <summary>Reads the lines behind the first.</summary>
    public static NetworkClose Read(ReadOnlySpan<byte> lines)
    {
        NetworkClose close = default;
        while (!lines.IsEmpty)
        {
            ReadOnlySpan<byte> line = MacMessages.FirstLine(lines).Trim(" \t"u8);
            int next = lines.IndexOf((byte)'\n');
            lines = next < 0 ? default : lines[(next + 1)..];
            if (line is [(byte)'[', ..] && line.IndexOf("<->"u8) is > 0 and var arrow)
            {
                close.Ends(line, arrow);
            }
            else if (line.StartsWith("Connected Path"u8))
            {
                close.IsLoopback = line.IndexOf("interface: lo0"u8) >= 0;
            }
            else if (line.StartsWith("Duration: "u8))
            {
                close.Took(line["Duration: "u8.Length..]);
            }
            else if (line.IndexOf("bytes in/out: "u8) is >= 0 and var bytes)
            {
                (close.BytesIn, close.BytesOut) = Pair(line[(bytes + "bytes in/out: "u8.Length)..]);
                int packets = line.IndexOf("packets in/out: "u8);
                (close.PacketsIn, close.PacketsOut) = packets < 0 ? default : Pair(line[(packets + "packets in/out: "u8.Length)..]);
            }
        }

        return close;
    }

    /// <summary>Reads <c>5727/994</c>.</summary>
    public static (long? First, long? Second) Pair(ReadOnlySpan<byte> text)
    {
        if (!Utf8Parser.TryParse(text, out long first, out int used) || used >= text.Length || text[used] != (byte)'/'
            || !Utf8Parser.TryParse(text[(used + 1)..], out long second, out _) || first < 0 || second < 0)
        {
            return default;
        }

        return (first, second);
    }

    /// <summary>Reads seconds with a fraction as milliseconds; null where none stand there.</summary>
    public static long? Milliseconds(ReadOnlySpan<byte> text)
    {
        const double MsPerSecond = 1000;
        const double MaxSeconds = 1e9;
        return Utf8Parser.TryParse(text, out double seconds, out int used) && used > 0 && seconds is >= 0 and < MaxSeconds
            ? (long)Math.Round(seconds * MsPerSecond)
            : null;
    }

    /// <summary><c>[C7.1 42088266-… 192.0.2.5:56539&lt;-&gt;IPv6#47c3fd32.443]</c>: of several paths the first that was used.</summary>
    private void Ends(ReadOnlySpan<byte> line, int arrow)
    {
        if (!Remote.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> left = line[..arrow];
        ReadOnlySpan<byte> right = line[(arrow + 3)..];
        MacEndpoint local = MacEndpoint.Read(left[(left.LastIndexOf((byte)' ') + 1)..]);
        Local = local.Address;
        LocalPort = local.Port;
        int end = right.LastIndexOf((byte)']');
        Remote = end < 0 ? right : right[..end];
    }

    /// <summary><c>5.538s, DNS @0.000s took 0.027s, TCP @0.028s took 0.114s, TLS 1.3 took 0.130s</c>.</summary>
    private void Took(ReadOnlySpan<byte> text)
    {
        DurationMs = Milliseconds(text);
        foreach (Range part in text.Split((byte)','))
        {
            ReadOnlySpan<byte> step = text[part];
            if (step.IndexOf("took "u8) is not (> 0 and var took))
            {
                continue;
            }

            ReadOnlySpan<byte> protocol = step[..took].Trim((byte)' ');
            HadTcp |= protocol.StartsWith("TCP"u8);
            HadTls |= protocol.IsEmpty || protocol.StartsWith("TLS"u8);
            HadQuic |= protocol.StartsWith("QUIC"u8) || protocol.StartsWith("quic"u8);
        }
    }
}

using System.Buffers.Text;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Protocols that open with a line of text.</summary>
internal static class TextProtocols
{
    private const int MaxStartLength = 64;

    /// <summary>A request line: the method is matched, a target and no control character must follow.</summary>
    public static bool IsHttpRequest(ReadOnlySpan<byte> sample, in PayloadContext context) => StartsAsText(sample);

    /// <summary>A line of text with no control character at its start.</summary>
    public static bool IsTextLine(ReadOnlySpan<byte> sample, in PayloadContext context) => StartsAsText(sample);

    /// <summary>A three-digit reply followed by space or hyphen.</summary>
    public static bool IsReplyLine(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.Length > 3 && sample[3] is (byte)' ' or (byte)'-' && StartsAsText(sample);

    /// <summary>A 220 greeting that says SMTP.</summary>
    public static bool IsMailGreeting(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        IsReplyLine(sample, context) && sample[..Math.Min(sample.Length, 256)].IndexOf("SMTP"u8) >= 0;

    /// <summary>A SIP request: "METHOD sip:".</summary>
    public static bool IsSipRequest(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        BeginsUpper(sample) && HasEarly(sample, " sip:"u8);

    /// <summary>An RTSP request: "METHOD rtsp://".</summary>
    public static bool IsRtspRequest(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        BeginsUpper(sample) && HasEarly(sample, " rtsp://"u8);

    /// <summary>An XML prologue followed by a Jabber stream.</summary>
    public static bool OpensXmppStream(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[..Math.Min(sample.Length, 256)].IndexOf("<stream:"u8) >= 0;

    /// <summary>A git packet line: four hexadecimal digits of length, then "git-".</summary>
    public static bool IsGitPacket(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.Length > 8 && sample[4..].StartsWith("git-"u8);

    /// <summary>A Redis array: "*n", line end, "$".</summary>
    public static bool IsRedisArray(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        Utf8Parser.TryParse(sample[1..], out int _, out int used)
        && sample[(1 + used)..].StartsWith("\r\n$"u8);

    /// <summary>A syslog priority of up to 191 and a printable message.</summary>
    public static bool IsSyslog(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        Utf8Parser.TryParse(sample[1..], out int priority, out int used)
        && priority is >= 0 and <= 191
        && sample.U8(1 + used) == '>'
        && StartsAsText(sample);

    /// <summary>statsd: "name:value|type".</summary>
    public static bool IsStatsd(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        int colon = sample.IndexOf((byte)':');
        int bar = sample.IndexOf((byte)'|');
        return colon > 0 && bar > colon && bar < MaxStartLength && StartsAsText(sample)
            && Utf8Parser.TryParse(sample[(colon + 1)..], out double _, out _);
    }

    /// <summary>tinc's meta connection: "0 name 17".</summary>
    public static bool IsTincGreeting(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        HasEarly(sample, " 17"u8) && StartsAsText(sample);

    private static bool BeginsUpper(ReadOnlySpan<byte> sample) => sample.Length > 8 && char.IsAsciiLetterUpper((char)sample[0]);

    private static bool HasEarly(ReadOnlySpan<byte> sample, ReadOnlySpan<byte> text) =>
        sample[..Math.Min(sample.Length, MaxStartLength)].IndexOf(text) >= 0;

    private static bool StartsAsText(ReadOnlySpan<byte> sample)
    {
        // Up to the first line end or 64 bytes; bytes from 0x80 may be text of another encoding.
        foreach (byte value in sample[..Math.Min(sample.Length, MaxStartLength)])
        {
            if (value is (byte)'\r' or (byte)'\n')
            {
                return true;
            }

            if (value < (byte)' ' && value != (byte)'\t')
            {
                return false;
            }
        }

        return true;
    }
}

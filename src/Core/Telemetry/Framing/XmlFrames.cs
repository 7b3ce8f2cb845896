namespace CipherWatch.Core.Telemetry.Framing;

/// <summary>Frames Windows events written as XML: <c>&lt;Event …&gt;…&lt;/Event&gt;</c>, with or without a wrapper and prolog.</summary>
internal static class XmlFrames
{
    private static ReadOnlySpan<byte> Close => "</Event>"u8;

    /// <summary>Whether an angle bracket opens markup; a syslog line opens with one before its priority number.</summary>
    public static bool IsMarkup(ReadOnlySpan<byte> text) =>
        text.Length > 1 && (text[1] is (byte)'?' or (byte)'!' or (byte)'/' || char.IsAsciiLetter((char)text[1]));

    /// <summary>The next frame at the markup at <paramref name="start"/>.</summary>
    public static Frame Next(ReadOnlySpan<byte> buffer, int start, bool final)
    {
        ReadOnlySpan<byte> text = buffer[start..];
        if (!IsEvent(text))
        {
            bool comment = text.StartsWith("<!--"u8);
            int end = comment ? text.IndexOf("-->"u8) + 2 : text.IndexOf((byte)'>');
            return end >= (comment ? 2 : 0) ? new(FrameKind.Between, 0, 0, start + end + 1)
                : final ? new(FrameKind.Broken, start, text.Length, buffer.Length, "XML markup without its end: the record was cut short.")
                : new(FrameKind.NeedMore, 0, 0, 0);
        }

        int close = text.IndexOf(Close);
        int searched = close < 0 ? text.Length : close;
        int next = NextEvent(text[1..searched]);
        if (next >= 0)
        {
            return new(FrameKind.Broken, start, 1 + next, start + 1 + next, "XML event without its end: the record was cut short.");
        }

        return close >= 0 ? new(FrameKind.Xml, start, close + Close.Length, start + close + Close.Length)
            : final ? new(FrameKind.Broken, start, text.Length, buffer.Length, "XML event without its end: the input was cut short.")
            : new(FrameKind.NeedMore, 0, 0, 0);
    }

    private static bool IsEvent(ReadOnlySpan<byte> text) =>
        text.StartsWith("<Event"u8) && text.Length > 6 && text[6] is (byte)'>' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static int NextEvent(ReadOnlySpan<byte> text)
    {
        int from = 0;
        while (text[from..].IndexOf("<Event"u8) is var found and >= 0)
        {
            if (IsEvent(text[(from + found)..]))
            {
                return from + found;
            }

            from += found + 6;
        }

        return -1;
    }
}

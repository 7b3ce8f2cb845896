namespace CipherWatch.Core.Telemetry.Framing;

/// <summary>Frames Windows events written as XML: <c>&lt;Event …&gt;…&lt;/Event&gt;</c>, with or without a wrapper and prolog.</summary>
internal static class XmlFrames
{
    /// <summary>Why an event without its closing tag is none.</summary>
    public const string Cut = "XML event without its end: the record was cut short.";

    private static ReadOnlySpan<byte> Open => "<Event"u8;

    private static ReadOnlySpan<byte> Close => "</Event>"u8;

    /// <summary>The frame at an angle bracket; null when it opens neither an event nor what stands around events.</summary>
    public static Frame? Next(ReadOnlySpan<byte> buffer, bool final)
    {
        // The longest thing that has to be told apart is the wrapper's closing tag.
        if (!final && buffer.Length <= "</Events>"u8.Length)
        {
            return Frame.NeedMore;
        }

        return IsEvent(buffer) ? Event(buffer, final) : Around(buffer, final);
    }

    private static Frame Event(ReadOnlySpan<byte> buffer, bool final)
    {
        // The next event first: were the end looked for first, a thousand events without one would each search all that follows.
        int next = NextEvent(buffer);
        int close = buffer[..(next < 0 ? buffer.Length : next)].IndexOf(Close);
        if (close >= 0)
        {
            return new(FrameKind.Xml, 0, close + Close.Length, close + Close.Length);
        }

        return next < 0 && !final ? Frame.NeedMore
            : Frame.Broken(buffer, 0, JsonLines.LimitToNextRecord(buffer, next < 0 ? buffer.Length : next), Cut);
    }

    /// <summary>A prolog, a comment, or the wrapper's tags, when they end on their line.</summary>
    private static Frame? Around(ReadOnlySpan<byte> buffer, bool final)
    {
        bool isAround = buffer.StartsWith("<?"u8) || buffer.StartsWith("<!"u8) || buffer.StartsWith("<Events"u8)
            || buffer.StartsWith("</Events"u8);
        if (!isAround)
        {
            return null;
        }

        bool isComment = buffer.StartsWith("<!--"u8);
        int at = 0;
        while (buffer[at..].IndexOfAny((byte)'>', (byte)'\n') is var found and >= 0)
        {
            at += found + 1;
            if (buffer[at - 1] == (byte)'\n')
            {
                return null;
            }

            if (!isComment || buffer[..at].EndsWith("-->"u8))
            {
                return Frame.Between(at);
            }
        }

        return final ? null : Frame.NeedMore;
    }

    private static bool IsEvent(ReadOnlySpan<byte> text) =>
        text.StartsWith(Open) && text.Length > Open.Length
        && text[Open.Length] is (byte)'>' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static int NextEvent(ReadOnlySpan<byte> text)
    {
        int from = 1;
        while (text[from..].IndexOf(Open) is var found and >= 0)
        {
            if (IsEvent(text[(from + found)..]))
            {
                return from + found;
            }

            from += found + Open.Length;
        }

        return -1;
    }
}

using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Framing;

/// <summary>Says which bytes belong to a JSON record that is broken, so that those after it are read.</summary>
internal sealed class JsonLines
{
    private const string Cut = "JSON object without its end: the record was cut short.";
    private const string NotJson = "Not valid JSON.";

    // Up to here brackets have been followed in vain. Without it, thousands of broken lines would each be followed to the end.
    private long _unbalancedUntil;

    /// <summary>The frame of a broken record.</summary>
    /// <param name="text">The bytes from its opening brace on.</param>
    /// <param name="offset">Offset of the brace in the input.</param>
    /// <param name="status">What is wrong with it.</param>
    /// <param name="at">Where that shows.</param>
    /// <param name="final">No more bytes will come.</param>
    public Frame Broken(ReadOnlySpan<byte> text, long offset, JsonStatus status, int at, bool final)
    {
        if (status == JsonStatus.Incomplete)
        {
            return final ? Broken(text, text.Length, Cut) : Frame.NeedMore;
        }

        if (status == JsonStatus.Cut)
        {
            return Broken(text, at, Cut);
        }

        // Wrong inside, but its brackets may still say where it ends.
        if (offset >= _unbalancedUntil)
        {
            int end = 1;
            JsonStatus balanced = JsonSkip.Nested(text, ref end, 1);
            if (balanced == JsonStatus.Complete)
            {
                return Frame.Broken(text, 0, end, NotJson);
            }

            if (balanced == JsonStatus.Incomplete && !final)
            {
                return Frame.NeedMore;
            }

            _unbalancedUntil = offset + end;
        }

        int lineEnd = text[at..].IndexOf((byte)'\n');
        bool opensLine = text[at] == (byte)'{'
            && text[..at].LastIndexOfAnyExcept(" \t\r"u8) is >= 0 and var before && text[before] == (byte)'\n';
        return opensLine ? Broken(text, at, Cut)
            : lineEnd >= 0 ? Broken(text, at + lineEnd, NotJson)
            : final ? Broken(text, text.Length, NotJson)
            : Frame.NeedMore;
    }

    /// <summary>The end of a broken piece, drawn in to before the next line that opens an object: the next record of NDJSON.</summary>
    public static int LimitToNextRecord(ReadOnlySpan<byte> text, int end)
    {
        int next = text[..end].IndexOf("\n{"u8);
        return next < 0 ? end : next + 1;
    }

    private static Frame Broken(ReadOnlySpan<byte> text, int end, string reason) =>
        Frame.Broken(text, 0, LimitToNextRecord(text, end), reason);
}

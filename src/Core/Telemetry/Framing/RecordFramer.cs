using System.Buffers;
using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Framing;

/// <summary>What kind of text a frame holds.</summary>
internal enum FrameKind
{
    /// <summary>No whole record is in the buffer: more bytes are needed.</summary>
    NeedMore,

    /// <summary>The buffer is used up.</summary>
    End,

    /// <summary>Bytes between records (blank lines, brackets, XML prolog): nothing to read.</summary>
    Between,

    /// <summary>From an opening brace to the end of its line, or over several lines to its closing brace.</summary>
    Json,

    /// <summary>One XML element.</summary>
    Xml,

    /// <summary>One line of text.</summary>
    Line,

    /// <summary>A record that does not end, or ends wrongly.</summary>
    Broken,
}

/// <summary>The next piece of the input.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first byte in the buffer.</param>
/// <param name="Length">Its length in bytes, line end excluded.</param>
/// <param name="Consumed">Bytes of the buffer it uses up, from 0.</param>
/// <param name="Reason">Why it is broken.</param>
internal readonly record struct Frame(FrameKind Kind, int Start, int Length, int Consumed, string? Reason = null);

/// <summary>
/// Cuts a stream into records by what it holds: JSON objects one a line, over several lines or in one array, XML events,
/// lines of text, in any mixture.
/// </summary>
/// <remarks>
/// One line of JSON is handed on unscanned, because the dispatcher scans it anyway and says where the object ended. Only when
/// the line does not hold all of it does the framer look further.
/// </remarks>
internal sealed class RecordFramer
{
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n"u8);
    private static readonly SearchValues<byte> BlankOrComma = SearchValues.Create(" \t\r\n,"u8);
    private int _arrayDepth;

    /// <summary>The next frame of the buffer; <paramref name="final"/> says that no more bytes will come.</summary>
    public Frame Next(ReadOnlySpan<byte> buffer, bool final)
    {
        int start = buffer.IndexOfAnyExcept(_arrayDepth > 0 ? BlankOrComma : Blank);
        if (start < 0)
        {
            return buffer.IsEmpty ? new(FrameKind.End, 0, 0, 0) : new(FrameKind.Between, 0, 0, buffer.Length);
        }

        switch (buffer[start])
        {
            case (byte)'[' when StartsArray(buffer[start..]):
                _arrayDepth++;
                return new(FrameKind.Between, 0, 0, start + 1);
            case (byte)']' when _arrayDepth > 0:
                _arrayDepth--;
                return new(FrameKind.Between, 0, 0, start + 1);
            case (byte)'<' when start + 1 >= buffer.Length && !final:
                return new(FrameKind.NeedMore, 0, 0, 0);
            case (byte)'<' when XmlFrames.IsMarkup(buffer[start..]):
                return XmlFrames.Next(buffer, start, final);
        }

        int end = buffer[start..].IndexOf((byte)'\n');
        if (buffer[start] == (byte)'{' && _arrayDepth > 0)
        {
            // Elements of an array stand beside each other: the line says nothing, and may be the whole file.
            JsonScanner scanner = new(buffer, start);
            return scanner.SkipRest() ? new(FrameKind.Json, start, scanner.End - start, scanner.End)
                : final ? Broken(start, buffer.Length, "The array ends inside this JSON object: the input was cut short.")
                : new(FrameKind.NeedMore, 0, 0, 0);
        }

        if (end < 0 && !final)
        {
            return new(FrameKind.NeedMore, 0, 0, 0);
        }

        int lineEnd = end < 0 ? buffer.Length : start + end;
        int length = TrimEnd(buffer[start..lineEnd]);
        FrameKind kind = buffer[start] == (byte)'{' ? FrameKind.Json : FrameKind.Line;
        return new(kind, start, length, Math.Min(buffer.Length, lineEnd + 1));
    }

    /// <summary>
    /// Called when the line at <paramref name="start"/> holds only the beginning of a JSON object: finds its end on a later line,
    /// or says that it has none.
    /// </summary>
    public static Frame Extend(ReadOnlySpan<byte> buffer, int start, bool final)
    {
        const string Cut = "JSON object without its end: the record was cut short.";
        int lineEnd = buffer[start..].IndexOf((byte)'\n');
        if (lineEnd < 0)
        {
            return final ? Broken(start, buffer.Length, Cut) : new(FrameKind.NeedMore, 0, 0, 0);
        }

        // Two things show that the record is not simply spread over lines: a line break inside a string, which JSON forbids, and
        // a later line that opens an object at its first column, which is the next record of NDJSON.
        JsonScanner scanner = new(buffer, start);
        bool whole = scanner.SkipRest();
        int end = whole ? scanner.End : buffer.Length;
        bool nextRecord = buffer[start..end].IndexOf("\n{"u8) >= 0;
        if (whole && !nextRecord && !JsonLines.BreaksInString(buffer[start..end]))
        {
            return new(FrameKind.Json, start, end - start, end);
        }

        if (!whole && !nextRecord && !final && !JsonLines.BreaksInString(buffer[start..end]))
        {
            return new(FrameKind.NeedMore, 0, 0, 0);
        }

        return new(FrameKind.Broken, start, TrimEnd(buffer.Slice(start, lineEnd)), start + lineEnd + 1, Cut);
    }

    private static Frame Broken(int start, int end, string reason) => new(FrameKind.Broken, start, end - start, end, reason);

    private static int TrimEnd(ReadOnlySpan<byte> line) => line.LastIndexOfAnyExcept((byte)'\r', (byte)' ', (byte)'\t') + 1;

    private static bool StartsArray(ReadOnlySpan<byte> text)
    {
        // "[" opens a JSON array only before an element or its end; log lines start with brackets too.
        int next = text[1..].IndexOfAnyExcept(Blank);
        return next < 0 || text[1 + next] is (byte)'{' or (byte)'[' or (byte)']';
    }
}

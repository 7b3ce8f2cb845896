using System.Buffers;

namespace CipherWatch.Core.Telemetry.Framing;

/// <summary>
/// Cuts a stream into records by what it holds: JSON objects one a line, over several lines, glued together or in arrays and
/// <c>records</c> envelopes, XML events, lines of text, in any mixture.
/// </summary>
/// <remarks>
/// What it says depends on the bytes alone, never on where a buffer happens to end: it asks for more whenever more could change
/// the answer.
/// </remarks>
internal sealed class RecordFramer
{
    // RFC 7464 puts a record separator (0x1E) before each JSON text.
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n\x1e"u8);
    private static readonly SearchValues<byte> BlankOrComma = SearchValues.Create(" \t\r\n\x1e,"u8);
    private readonly Containers _containers = new();

    // A comma stands between the elements of an array, and behind the records of one that was cut out of its file.
    private bool _commas;

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>The next frame of the buffer; <paramref name="final"/> says that no more bytes will come.</summary>
    public Frame Next(ReadOnlySpan<byte> buffer, bool final)
    {
        // Nearly every record begins with a letter, a digit or a bracket.
        int start = buffer is [> (byte)',', ..] ? 0 : buffer.IndexOfAnyExcept(_commas ? BlankOrComma : Blank);
        if (start != 0)
        {
            return buffer.IsEmpty ? new(FrameKind.End, 0, 0, 0) : Frame.Between(start < 0 ? buffer.Length : start);
        }

        switch (buffer[0])
        {
            case (byte)'{':
                return Object(buffer, final);
            case (byte)'[' when _containers.Opens(buffer, final) is { } frame:
                _commas = true;
                return frame;
            case (byte)']' when _containers.Depth > 0:
                return _containers.Close(buffer, final);
            case (byte)'<' when XmlFrames.Next(buffer, final) is { } frame:
                return frame;
            case 0xEF when buffer.StartsWith(Mark):
                // The byte order mark of each file stays in when files are concatenated.
                return Frame.Between(Mark.Length);
            case 0xEF when buffer.Length < Mark.Length && !final:
                return Frame.NeedMore;
        }

        if (_containers.Depth > 0)
        {
            return _containers.Scalar(buffer, final) is { } element ? element : Line(buffer, final);
        }

        if (EventTextFrames.MayOpen(buffer) && EventTextFrames.Next(buffer, final) is { } entry)
        {
            _commas = false;
            return entry;
        }

        return Line(buffer, final);
    }

    /// <summary>Goes into the array of records that a JSON object holds.</summary>
    public bool TryEnter() => _containers.TryPush(isEnvelope: true);

    private Frame Object(ReadOnlySpan<byte> buffer, bool final)
    {
        _commas = true;
        if (_containers.OpensEnvelope(buffer, final) is { } frame)
        {
            return frame;
        }

        _containers.Saw();
        return new(FrameKind.Json, 0, 0, 0);
    }

    private Frame Line(ReadOnlySpan<byte> buffer, bool final)
    {
        int end = buffer.IndexOf((byte)'\n');
        if (end < 0 && !final)
        {
            return Frame.NeedMore;
        }

        _commas = _containers.Depth > 0;
        int lineEnd = end < 0 ? buffer.Length : end;
        return new(FrameKind.Line, 0, Frame.TrimEnd(buffer[..lineEnd]), Math.Min(buffer.Length, lineEnd + 1));
    }
}

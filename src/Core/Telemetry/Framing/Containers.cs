using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Framing;

/// <summary>
/// The arrays that stand open around the records being read: bare ones, and those of <c>{"records":[…]}</c>. Their elements are
/// framed one by one, so that an array may be larger than memory, and one that is cut short still yields its whole elements.
/// </summary>
internal sealed class Containers
{
    /// <summary>Deepest nesting that is followed, levels; what nests deeper is read as text.</summary>
    private const int MaxDepth = 64;

    private const string NotAnObject = "An element of an array of records is not a JSON object.";
    private const string EnvelopeCut = "What follows the 'records' of an envelope does not end: it was cut short.";

    // One bit a level, the innermost lowest.
    private ulong _envelopes;
    private ulong _seen;

    private static ReadOnlySpan<byte> Blank => " \t\r\n"u8;

    /// <summary>How many arrays are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Notes that the innermost array has an element.</summary>
    public void Saw() => _seen |= 1;

    /// <summary>Opens one more; false where it would nest too deep.</summary>
    public bool TryPush(bool isEnvelope)
    {
        if (Depth == MaxDepth)
        {
            return false;
        }

        Saw();
        Depth++;
        _envelopes = (_envelopes << 1) | (isEnvelope ? 1UL : 0);
        _seen <<= 1;
        return true;
    }

    /// <summary>
    /// At a bracket: the frame of an array's opening, or null when it opens none. Log lines start with brackets too; one opens
    /// an array only before an element or its end.
    /// </summary>
    public Frame? Opens(ReadOnlySpan<byte> buffer, bool final)
    {
        int next = Next(buffer, 1);
        if (next == buffer.Length)
        {
            return final ? null : Frame.NeedMore;
        }

        return buffer[next] is (byte)'{' or (byte)'[' or (byte)']' && TryPush(isEnvelope: false) ? Frame.Between(1) : null;
    }

    /// <summary>At a brace: the frame of an envelope's opening, when <c>records</c> is its first field and an array; else null.</summary>
    public Frame? OpensEnvelope(ReadOnlySpan<byte> buffer, bool final)
    {
        // Nearly every record begins otherwise, and shows it at once.
        if (buffer is [_, (byte)'"', not (byte)'r', ..])
        {
            return null;
        }

        int at = 0;
        for (int index = 0; index < 4; index++)
        {
            ReadOnlySpan<byte> part = EnvelopePart(index);
            at = Next(buffer, at);
            ReadOnlySpan<byte> rest = buffer[at..];
            if (!rest.StartsWith(part))
            {
                return !final && rest.Length < part.Length && part.StartsWith(rest) ? Frame.NeedMore : null;
            }

            at += part.Length;
        }

        // An envelope that ends here has no elements to be read one by one: it is a cut record.
        int next = Next(buffer, at);
        if (next == buffer.Length)
        {
            return final ? null : Frame.NeedMore;
        }

        return TryPush(isEnvelope: true) ? Frame.Between(at) : null;
    }

    /// <summary>At the closing bracket of the innermost array: passes over it, and over the rest of its envelope.</summary>
    public Frame Close(ReadOnlySpan<byte> buffer, bool final)
    {
        int end = 1;
        bool isCut = false;
        if ((_envelopes & 1) != 0)
        {
            int next = Next(buffer, 1);
            int field = next < buffer.Length && buffer[next] == (byte)',' ? Next(buffer, next + 1) : next;
            if (field == buffer.Length && !final)
            {
                return Frame.NeedMore;
            }

            // The rest is its brace, or a comma and the name of a field; anything else belongs to no envelope.
            if (field < buffer.Length && (field == next ? buffer[field] == (byte)'}' : buffer[field] == (byte)'"'))
            {
                JsonStatus status = JsonSkip.Nested(buffer, ref next, 1);
                if (status == JsonStatus.Incomplete && !final)
                {
                    return Frame.NeedMore;
                }

                isCut = status != JsonStatus.Complete || buffer[next - 1] != (byte)'}';
                end = next;
            }
        }

        bool isEmpty = (_seen & 1) == 0;
        Depth--;
        _envelopes >>= 1;
        _seen >>= 1;
        return isCut ? Frame.Broken(buffer, 0, JsonLines.LimitToNextRecord(buffer, end), EnvelopeCut)
            : isEmpty ? new(FrameKind.Empty, 0, end, end)
            : Frame.Between(end);
    }

    /// <summary>Inside an array: the frame of an element that is no object; null when no element stands here.</summary>
    public Frame? Scalar(ReadOnlySpan<byte> buffer, bool final)
    {
        // The scanner starts at an opening bracket; there is none here, and none is looked at.
        JsonScanner scanner = new(buffer, -1);
        if (!scanner.TryValue(out _))
        {
            return scanner.Status == JsonStatus.Incomplete && !final ? Frame.NeedMore : null;
        }

        int next = Next(buffer, scanner.End);
        if (next == buffer.Length && !final)
        {
            return Frame.NeedMore;
        }

        if (next < buffer.Length && buffer[next] is not ((byte)',' or (byte)']'))
        {
            return null;
        }

        Saw();
        return Frame.Broken(buffer, 0, scanner.End, NotAnObject);
    }

    private static int Next(ReadOnlySpan<byte> buffer, int at)
    {
        int found = buffer[at..].IndexOfAnyExcept(Blank);
        return found < 0 ? buffer.Length : at + found;
    }

    private static ReadOnlySpan<byte> EnvelopePart(int index) => index switch
    {
        0 => "{"u8,
        1 => "\"records\""u8,
        2 => ":"u8,
        _ => "["u8,
    };
}

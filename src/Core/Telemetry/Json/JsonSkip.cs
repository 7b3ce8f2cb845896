using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>Passes over JSON without looking into it: quotes, escapes and depth are honoured, the rest is not validated.</summary>
internal static class JsonSkip
{
    /// <summary>
    /// Deepest place, in levels below the record, where a line may open an object. Real records nest under ten levels; the limit
    /// keeps thousands of records that were cut, each seeming to hold all that follow, from being read through again and again.
    /// </summary>
    private const int MaxLineDepth = 64;

    /// <summary>Passes over blanks; the byte behind them, or 0 at the end of the text and for a control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Blanks(ReadOnlySpan<byte> text, ref int at)
    {
        // Nearly always the first byte is no blank: the compare that tells it comes first, and the byte stays in its register.
        int behind = at;
        while ((uint)behind < (uint)text.Length)
        {
            byte next = text[behind];
            if (next > (byte)' ')
            {
                at = behind;
                return next;
            }

            if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                break;
            }

            behind++;
        }

        at = behind;
        return 0;
    }

    /// <summary>
    /// The length of a string that ends within one vector and has no escape in it, as most do; −1 where it is another, or where the
    /// text is too short for a vector.
    /// </summary>
    /// <param name="text">The bytes.</param>
    /// <param name="start">Offset behind the opening quote.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShortPlain(ReadOnlySpan<byte> text, int start)
    {
        if (text.Length - start < Vector256<byte>.Count)
        {
            return -1;
        }

        Vector256<byte> head = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)start);
        uint stops = (Vector256.Equals(head, Vector256.Create((byte)'"')) | Vector256.Equals(head, Vector256.Create((byte)'\\'))
            | Vector256.Equals(head, Vector256.Create((byte)'\n'))).ExtractMostSignificantBits();
        int length = BitOperations.TrailingZeroCount(stops);
        return stops != 0 && text[start + length] == (byte)'"' ? length : -1;
    }

    /// <summary>Where a string that starts at <paramref name="at"/>, behind its quote, ends.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="at">Offset behind the opening quote; set to the closing quote, the line feed that cuts it, or the text's end.</param>
    /// <param name="escapes">Set when the string holds a backslash.</param>
    public static JsonStatus String(ReadOnlySpan<byte> text, ref int at, ref bool escapes)
    {
        bool carry = false;
        while (at < text.Length)
        {
            JsonBlock block = JsonBlock.At(text, at);
            ulong quotes = block.Quotes;
            if (block.Backslashes != 0 || carry)
            {
                ulong escaped = block.Escaped(ref carry);
                quotes &= ~escaped;
                escapes |= quotes == 0 || JsonBlock.First(block.Backslashes | (1UL << 63)) < JsonBlock.First(quotes);
            }

            ulong stops = quotes | block.Newlines;
            if (stops != 0)
            {
                at += JsonBlock.First(stops);
                return text[at] == (byte)'"' ? JsonStatus.Complete : JsonStatus.Cut;
            }

            at += JsonBlock.Size;
        }

        at = text.Length;
        return JsonStatus.Incomplete;
    }

    /// <summary>Passes to the end of what has been opened <paramref name="depth"/> times.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="at">Offset to start from, outside strings; set behind the last closing bracket, or to where the cut shows.</param>
    /// <param name="depth">Brackets and braces that are open.</param>
    public static JsonStatus Nested(ReadOnlySpan<byte> text, ref int at, int depth)
    {
        bool carry = false;
        ulong inString = 0;
        bool lineStarts = false;
        while (at < text.Length)
        {
            JsonBlock block = JsonBlock.At(text, at);
            ulong quotes = block.Quotes;
            if (block.Backslashes != 0 || carry)
            {
                quotes &= ~block.Escaped(ref carry);
            }

            ulong strings = JsonBlock.Parity(quotes) ^ inString;
            inString = (ulong)((long)strings >> 63);
            ulong opens = block.Opens & ~strings;
            ulong closes = block.Closes & ~strings;
            ulong cuts = 0;
            if (block.Newlines != 0 || lineStarts)
            {
                // JSON forbids line feeds in strings; and a line that opens an object may be the next record.
                cuts = (block.Newlines & strings) | (opens & ((block.Newlines << 1) | (lineStarts ? 1UL : 0)));
                lineStarts = block.Newlines >> 63 != 0;
            }

            if (cuts == 0 && BitOperations.PopCount(closes) < depth)
            {
                depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
                at += JsonBlock.Size;
                continue;
            }

            if (Step(text, ref at, ref depth, opens, closes, cuts) is { } ended)
            {
                return ended;
            }

            at += JsonBlock.Size;
        }

        at = text.Length;
        return JsonStatus.Incomplete;
    }

    /// <summary>Goes through one block's brackets one by one; null when the end is not in it.</summary>
    private static JsonStatus? Step(ReadOnlySpan<byte> text, ref int at, ref int depth, ulong opens, ulong closes, ulong cuts)
    {
        for (ulong events = opens | closes | cuts; events != 0; events &= events - 1)
        {
            ulong bit = events & (0 - events);
            int place = at + JsonBlock.First(bit);
            if ((cuts & bit) != 0 && (text[place] == (byte)'\n' || depth > MaxLineDepth || !MayOpen(text, place)))
            {
                at = place;
                return JsonStatus.Cut;
            }

            depth += (opens & bit) != 0 ? 1 : (closes & bit) != 0 ? -1 : 0;
            if (depth == 0)
            {
                at = place + 1;
                return JsonStatus.Complete;
            }
        }

        return null;
    }

    /// <summary>Whether an object may open here: behind a comma, a colon or an opening bracket, not behind a value.</summary>
    private static bool MayOpen(ReadOnlySpan<byte> text, int at)
    {
        int before = text[..at].LastIndexOfAnyExcept(" \t\r\n"u8);
        return before >= 0 && text[before] is (byte)',' or (byte)':' or (byte)'[';
    }
}

/// <summary>How far a scan got.</summary>
internal enum JsonStatus
{
    /// <summary>The object is whole.</summary>
    Complete,

    /// <summary>The text ends inside the object.</summary>
    Incomplete,

    /// <summary>The text is not JSON.</summary>
    Malformed,

    /// <summary>A line ends where none may, in a string or before the next record: the record was cut there.</summary>
    Cut,
}

using System.Text;

namespace CipherWatch.Core.Ingestion;

/// <summary>Looks at the first bytes of an input for what is not text in UTF-8, and says what to do about it.</summary>
internal static class ContentSniffer
{
    /// <summary>Bytes that are looked at.</summary>
    public const int MaxHeadBytes = 4096;

    /// <summary>
    /// Share of control bytes above which content is binary. Random bytes hold 11 % of them, executables more; text holds none,
    /// and a log whose tail was zeroed by a crash is still mostly text.
    /// </summary>
    private const double BinaryShare = 0.05;

    /// <summary>Why the input holds no text telemetry, for a person; null when it may.</summary>
    public static string? Unreadable(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("ElfFile\0"u8))
        {
            return "Windows event log in its binary form (.evtx), but another format was asked for: "
                + "leave --format out, or say --format evtx.";
        }

        if (IsGzip(head))
        {
            return "gzip inside gzip: decompress it first.";
        }

        head = head[..Math.Min(head.Length, MaxHeadBytes)];
        int control = 0;
        foreach (byte value in head)
        {
            control += value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1b or 0x1d) ? 1 : 0;
        }

        // 0x1B colours terminal output, 0x1D stands before the enriched fields of audit records.
        return control > head.Length * BinaryShare ? "Binary content: it is mostly not text, and no telemetry format read here is." : null;
    }

    /// <summary>Whether the input is compressed with gzip (RFC 1952: two magic bytes, method deflate).</summary>
    public static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1f, 0x8b, 0x08, ..];

    /// <summary>
    /// The UTF-16 encoding of the input: announced by a byte order mark, as PowerShell redirection writes it, or seen from zeros
    /// beside the first characters of ASCII text; null when it is none. All telemetry opens with a printable ASCII character: a
    /// mark before anything else is damage, and small numbers of 16 bits are those of a datagram.
    /// </summary>
    public static Encoding? Utf16(ReadOnlySpan<byte> head) => head switch
    {
        [0xff, 0xfe] or [0xff, 0xfe, > 0 and < 0x80, 0, ..] => Encoding.Unicode,
        [0xfe, 0xff] or [0xfe, 0xff, 0, > 0 and < 0x80, ..] => Encoding.BigEndianUnicode,
        [>= 0x20 and < 0x80, 0, (>= 0x20 and < 0x80) or (byte)'\t' or (byte)'\r' or (byte)'\n', 0, ..] => Encoding.Unicode,
        [0, >= 0x20 and < 0x80, 0, (>= 0x20 and < 0x80) or (byte)'\t' or (byte)'\r' or (byte)'\n', ..] => Encoding.BigEndianUnicode,
        _ => null,
    };
}

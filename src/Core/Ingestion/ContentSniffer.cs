using System.Text;

namespace CipherWatch.Core.Ingestion;

/// <summary>Looks at the first bytes of an input for what cannot be read as text, and says what to do about it.</summary>
internal static class ContentSniffer
{
    private const int HeadBytes = 4096;

    /// <summary>Why the input holds no text telemetry, for a person; null when it may.</summary>
    public static string? Unreadable(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("ElfFile\0"u8))
        {
            return "Windows event log in its binary form (.evtx): export it as XML first, for example 'wevtutil qe FILE.evtx /lf:true /f:xml'.";
        }

        if (head is [0xd4, 0xc3, 0xb2, 0xa1, ..] or [0xa1, 0xb2, 0xc3, 0xd4, ..] or [0x4d, 0x3c, 0xb2, 0xa1, ..]
            or [0xa1, 0xb2, 0x3c, 0x4d, ..] or [0x0a, 0x0d, 0x0d, 0x0a, ..])
        {
            return "Packet capture: score it with 'cipherwatch score', which reads flows.";
        }

        if (head is [0x1f, 0x8b, ..])
        {
            return "gzip inside what was taken for plain content: decompress it first.";
        }

        return Utf16(head) is null && head[..Math.Min(head.Length, HeadBytes)].Contains((byte)0)
            ? "Binary content: it holds zero bytes, and no telemetry format read here does."
            : null;
    }

    /// <summary>The UTF-16 encoding that a byte order mark announces, as PowerShell redirection writes it; null otherwise.</summary>
    public static Encoding? Utf16(ReadOnlySpan<byte> head) => head switch
    {
        [0xff, 0xfe, ..] => Encoding.Unicode,
        [0xfe, 0xff, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>A UTF-8 stream of a UTF-16 input whose first bytes have been read already.</summary>
    public static Stream Transcode(byte[] head, Stream rest, Encoding encoding) =>
        Encoding.CreateTranscodingStream(new HeadStream(head, rest), encoding, Encoding.UTF8);
}

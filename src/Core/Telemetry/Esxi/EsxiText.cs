using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>Small pieces of text that ESXi's lines are made of.</summary>
internal static class EsxiText
{
    /// <summary>Takes the word up to the next blank off a text, and the blanks behind it.</summary>
    public static ReadOnlySpan<byte> Token(scoped ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> token = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..].TrimStart((byte)' ');
        return token;
    }

    /// <summary>Splits <c>hostd[2099656]:</c> into its parts; the brackets and the colon may be missing.</summary>
    public static void SplitTag(ReadOnlySpan<byte> tag, out ReadOnlySpan<byte> program, out ReadOnlySpan<byte> thread)
    {
        tag = tag is [.., (byte)':'] ? tag[..^1] : tag;
        int open = tag.IndexOf((byte)'[');
        bool bracketed = open > 0 && tag[^1] == (byte)']';
        program = bracketed ? tag[..open] : tag;
        thread = bracketed ? tag[(open + 1)..^1] : default;
    }

    /// <summary>Whether a word is a severity as 6.x and 7.x write it before the program.</summary>
    public static bool IsSeverity(ReadOnlySpan<byte> word) => word.Length is >= 4 and <= 8 && Severities.Find(word) >= 0;

    /// <summary>The length of <c>In(166)</c> or <c>In(14)[+]</c> at the start of a text, 0 where it begins otherwise.</summary>
    public static int Mark(ReadOnlySpan<byte> text, out bool continues)
    {
        continues = false;
        if (text.Length < 6 || text[2] != (byte)'(' || Marks.IndexOf(text[..2]) is not (>= 0 and var at) || at % 2 != 0)
        {
            return 0;
        }

        int close = text[..Math.Min(text.Length, 8)].IndexOf((byte)')');
        if (close < 4 || text[3..close].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return 0;
        }

        continues = text[(close + 1)..].StartsWith("[+]"u8);
        int end = close + (continues ? 4 : 1);
        return end < text.Length && text[end] == (byte)' ' ? end : 0;
    }

    private static readonly FieldNames Severities = new(
        "info", "verbose", "warning", "error", "trivia", "panic", "critical", "section", "notice", "debug",
        "INFO", "VERBOSE", "WARNING", "ERROR", "TRIVIA", "PANIC", "CRITICAL", "DEBUG", "WARN");

    // Emergency, alert, critical, error, warning, notice, info, debug.
    private static ReadOnlySpan<byte> Marks => "EmAlCrErWaNoInDb"u8;
}

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>English months of three letters, as nearly every line has them that names its month.</summary>
internal static class EnglishMonths
{
    /// <summary>The month that a text begins with, 1 to 12; 0 where it begins with none.</summary>
    public static int At(ReadOnlySpan<byte> text) => text.Length < 3 ? 0 : ((text[0] << 16) | (text[1] << 8) | text[2]) switch
    {
        ('J' << 16) | ('a' << 8) | 'n' => 1,
        ('F' << 16) | ('e' << 8) | 'b' => 2,
        ('M' << 16) | ('a' << 8) | 'r' => 3,
        ('A' << 16) | ('p' << 8) | 'r' => 4,
        ('M' << 16) | ('a' << 8) | 'y' => 5,
        ('J' << 16) | ('u' << 8) | 'n' => 6,
        ('J' << 16) | ('u' << 8) | 'l' => 7,
        ('A' << 16) | ('u' << 8) | 'g' => 8,
        ('S' << 16) | ('e' << 8) | 'p' => 9,
        ('O' << 16) | ('c' << 8) | 't' => 10,
        ('N' << 16) | ('o' << 8) | 'v' => 11,
        ('D' << 16) | ('e' << 8) | 'c' => 12,
        _ => 0,
    };
}

using System.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>Names of months as syslog lines have them: in English, or in the language of the host.</summary>
internal static class MonthNames
{
    /// <summary>
    /// Months by their first letters in the languages of common locales; where two months begin alike, the longer beginning is first.
    /// Source: the abbreviated month names of glibc's locales.
    /// </summary>
    private static readonly (byte[] Name, int Month)[] Months = [.. new (string Name, int Month)[]
    {
        ("janv", 1), ("jan", 1), ("ene", 1), ("gen", 1), ("jän", 1), ("févr", 2), ("feb", 2), ("fev", 2), ("fév", 2), ("maart", 3),
        ("mars", 3),
        ("mar", 3), ("mär", 3), ("mrz", 3), ("mrt", 3), ("avril", 4), ("avr", 4), ("apr", 4), ("abr", 4), ("maj", 5), ("mag", 5),
        ("mai", 5),
        ("may", 5), ("mei", 5), ("juin", 6), ("jun", 6), ("giu", 6), ("juil", 7), ("jul", 7), ("lug", 7), ("août", 8), ("aug", 8),
        ("aou", 8),
        ("ago", 8), ("sept", 9), ("sep", 9), ("set", 9), ("oct", 10), ("okt", 10), ("ott", 10), ("out", 10), ("nov", 11), ("déc", 12),
        ("dec", 12),
        ("dez", 12), ("dic", 12), ("dek", 12),
    }.Select(month => (Encoding.UTF8.GetBytes(month.Name), month.Month))];

    /// <summary>The month that a text names from an offset on, which is moved behind it; 0 where it names none.</summary>
    public static int Read(ReadOnlySpan<byte> text, ref int at)
    {
        if (text.Length > at + 3 && text[at + 3] == (byte)' ' && EnglishMonths.At(text[at..]) is > 0 and var english)
        {
            at += 3;
            return english;
        }

        byte first = at < text.Length ? (byte)(text[at] | 0x20) : default;
        foreach ((byte[] name, int month) in Months)
        {
            if (name[0] == first && text.Length > at + name.Length && FieldText.EqualsIgnoringAsciiCase(text.Slice(at, name.Length), name))
            {
                int end = at + name.Length;
                end += end < text.Length && text[end] == (byte)'.' ? 1 : 0;
                if (end < text.Length && text[end] == (byte)' ')
                {
                    at = end;
                    return month;
                }
            }
        }

        return 0;
    }
}

using System.Globalization;
using System.Text;

namespace CipherWatch.Cli.Views;

/// <summary>
/// Makes text from telemetry safe to look at: what would move the cursor, colour the screen or turn the writing is spelt out.
/// </summary>
/// <remarks>
/// An attacker chooses command lines and file names; a right-to-left mark makes <c>exe.txt</c> of what is <c>txt.exe</c>.
/// </remarks>
internal static class VisibleText
{
    /// <summary>The text with control and direction characters written as <c>\u202e</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsHidden))
        {
            return text;
        }

        StringBuilder visible = new(text.Length + 16);
        foreach (char character in text)
        {
            if (IsHidden(character))
            {
                visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                visible.Append(character);
            }
        }

        return visible.ToString();
    }

    private static bool IsHidden(char character) =>
        char.IsControl(character) || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

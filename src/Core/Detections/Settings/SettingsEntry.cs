using System.Text.Encodings.Web;
using System.Text.Json;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>A member of a list or an object of a settings file, as text on one line.</summary>
/// <param name="Json">Its value.</param>
/// <param name="Key">Its name; null in a list.</param>
/// <param name="Reason">Why it is there, as a comment behind it; null for none.</param>
public readonly record struct SettingsEntry(string Json, string? Key = null, string? Reason = null)
{
    /// <summary>The line, without indentation and end of line.</summary>
    /// <param name="comma">Whether a comma follows the value.</param>
    public string Line(bool comma) => (Key is null ? string.Empty : Quoted(Key) + ": ") + Json + (comma ? "," : string.Empty)
        + (Reason is null ? string.Empty : " // " + CommentText(Reason));

    /// <summary>A text as JSON: only what has to be escaped is, so that a person can read it.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>A text that stays within a comment of either kind.</summary>
    public static string CommentText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ReplaceLineEndings(" ").Replace("*/", "* /", StringComparison.Ordinal);
    }
}

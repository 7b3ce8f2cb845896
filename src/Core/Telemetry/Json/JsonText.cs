using System.Text.Json;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>Whether bytes are JSON.</summary>
internal static class JsonText
{
    /// <summary>Deepest nesting that counts as JSON.</summary>
    private const int MaxDepth = 512;

    /// <summary>Whether a text is one whole value of JSON, and nothing behind it but blanks.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

namespace CipherWatch.Core.Telemetry.Framing;

/// <summary>Tells JSON that is spread over lines from a record that was cut.</summary>
internal static class JsonLines
{
    /// <summary>Whether a line break stands inside a string, which JSON forbids.</summary>
    public static bool BreaksInString(ReadOnlySpan<byte> text)
    {
        bool inString = false;
        while (true)
        {
            int found = inString ? text.IndexOfAny((byte)'"', (byte)'\\', (byte)'\n') : text.IndexOf((byte)'"');
            if (found < 0)
            {
                return false;
            }

            switch (text[found])
            {
                case (byte)'\n':
                    return true;
                case (byte)'"':
                    inString = !inString;
                    text = text[(found + 1)..];
                    break;
                default:
                    text = text[Math.Min(text.Length, found + 2)..];
                    break;
            }
        }
    }
}

using System.Globalization;
using System.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Undoes the <c>\x0a</c> escapes of Zeek's separated logs. Total: what is no valid escape is kept as it stands.</summary>
internal static class ZeekEscapes
{
    /// <summary>The text that a field stands for; its escaped bytes are UTF-8.</summary>
    public static string Undo(string text)
    {
        if (!text.Contains("\\x", StringComparison.Ordinal))
        {
            return text;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int written = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] == '\\' && at + 3 < bytes.Length && bytes[at + 1] == 'x'
                && byte.TryParse(bytes.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                bytes[written++] = value;
                at += 3;
            }
            else
            {
                bytes[written++] = bytes[at];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, written);
    }
}

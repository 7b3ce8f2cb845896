namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Reads Sysmon's <c>Hashes</c>: <c>SHA1=…,MD5=…,SHA256=…,IMPHASH=…</c>, any subset in any order.</summary>
internal static class SysmonHashes
{
    private const string Name = "SHA256=";
    private const int HexDigits = 64;

    /// <summary>The SHA-256, also where it stands alone, in lower-case hex; null where there is none.</summary>
    public static string? Sha256(string? hashes)
    {
        if (hashes?.Length == HexDigits && IsHex(hashes))
        {
            return hashes.ToLowerInvariant();
        }

        int at = hashes?.IndexOf(Name, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0 || hashes!.Length < at + Name.Length + HexDigits)
        {
            return null;
        }

        ReadOnlySpan<char> hex = hashes.AsSpan(at + Name.Length, HexDigits);
        return !IsHex(hex) ? null : hex.ToString().ToLowerInvariant();
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return true;
    }
}

using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// Use of symmetric ciphers. No library of macOS logs it: such entries come from endpoint agents and from developers' own logging,
/// which name the routine or the constant of CommonCrypto, CryptoKit or OpenSSL that was called.
/// </summary>
internal static class CipherUse
{
    /// <summary>Bytes of a routine's name, at most.</summary>
    private const int MaxRoutineLength = 64;

    /// <summary>Pairs of letters, one of which stands in every name of a routine that is looked for.</summary>
    public static readonly string[] Signs = ["CC", "C4", "VP", "ES", "aC"];

    private static ReadOnlySpan<byte> CommonCrypto => "libcommonCrypto.dylib"u8;

    /// <summary>The message names a cipher's routine, or CommonCrypto logged it.</summary>
    public static bool Fits(in MacEntry entry) =>
        Routine(entry.Message).Length > 0 || IsOfLibrary(entry);

    /// <summary>CommonCrypto logged the message, whatever it says.</summary>
    public static bool IsOfLibrary(in MacEntry entry) => FilePaths.Name(entry.Sender).SequenceEqual(CommonCrypto);

    /// <summary>The routine that a message names, without what is around it; empty where it names none.</summary>
    public static ReadOnlySpan<byte> Routine(ReadOnlySpan<byte> message)
    {
        int at = First(message);
        if (at < 0)
        {
            return default;
        }

        ReadOnlySpan<byte> rest = message[at..];
        int end = 0;
        while (end < rest.Length && end < MaxRoutineLength && (IsOfName(rest[end]) || IsInnerDot(rest, end)))
        {
            end++;
        }

        return rest[..end];
    }

    private static int First(ReadOnlySpan<byte> message)
    {
        // CCCrypt, CCCryptorCreate, CCCryptorUpdate … of CommonCrypto.
        int at = message.IndexOf("CCCrypt"u8);
        at = at >= 0 ? at : message.IndexOf("kCCAlgorithm"u8);
        at = at >= 0 ? at : message.IndexOf("RC4_"u8);
        at = at >= 0 ? at : message.IndexOf("EVP_"u8) is >= 0 and var evp && IsCipher(message[(evp + 4)..]) ? evp : -1;
        bool isAes = message.IndexOf("AES_"u8) is >= 0 and var aes && IsAesRoutine(message[(aes + 4)..])
            && (aes == 0 || !IsOfName(message[aes - 1]));
        at = at >= 0 ? at : isAes ? message.IndexOf("AES_"u8) : -1;
        at = at >= 0 ? at : message.IndexOf("AES.GCM."u8);
        return at >= 0 ? at : message.IndexOf("ChaChaPoly."u8);
    }

    private static bool IsCipher(ReadOnlySpan<byte> name) =>
        name.StartsWith("Encrypt"u8) || name.StartsWith("Decrypt"u8) || name.StartsWith("Cipher"u8) || name.StartsWith("aes_"u8)
        || name.StartsWith("rc4"u8) || name.StartsWith("chacha20"u8);

    /// <summary>A routine of OpenSSL; names of cipher suites (<c>TLS_AES_128_GCM_SHA256</c>) look alike.</summary>
    private static bool IsAesRoutine(ReadOnlySpan<byte> name) =>
        name.StartsWith("set_"u8) || name.StartsWith("encrypt"u8) || name.StartsWith("decrypt"u8) || name.StartsWith("cbc_"u8)
        || name.StartsWith("ctr"u8);

    private static bool IsOfName(byte character) => char.IsAsciiLetterOrDigit((char)character) || character == (byte)'_';

    private static bool IsInnerDot(ReadOnlySpan<byte> text, int at) =>
        text[at] == (byte)'.' && at + 1 < text.Length && char.IsAsciiLetter((char)text[at + 1]);
}

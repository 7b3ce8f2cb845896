using System.Collections.Immutable;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>The libraries that count as symmetric cryptography as shipped, and those that tell what a process is.</summary>
public static class DefaultModules
{
    /// <summary>Full weight, percent.</summary>
    private const int Full = 100;

    /// <summary>Weight of libraries that carry symmetric cryptography among much else, percent.</summary>
    private const int Half = 50;

    /// <summary>Weight of libraries that programs have for other reasons, percent.</summary>
    private const int Little = 20;

    /// <summary>
    /// Cipher modules of Python: pycryptodome, also as Cryptodome, PyNaCl; OpenSSL linked into cryptography's wheels; what .NET calls.
    /// </summary>
    private static readonly ImmutableArray<CryptoModule> Languages =
    [
        .. Of("_raw_*", "_arc4*", "_chacha20*", "_salsa20*", "_sodium*"),
        .. At(Half, "_rust.*", "_openssl.*", "libsystem.security.cryptography.native.*"),
    ];

    /// <summary>Routines by the names that logs and agents give them. The random generator is named after a cipher, and is none.</summary>
    private static readonly ImmutableArray<CryptoModule> Routines =
    [
        .. At(0, "arc4random*"),
        .. Of("aes*", "rc4*", "arc4*", "chacha20*", "xchacha20*", "salsa20*", "des", "3des*", "blowfish*", "xor*"),
    ];

    /// <summary>Beginnings of the names of ciphers themselves, as against libraries that have them among other things.</summary>
    private static readonly string[] Ciphers =
        ["_raw_", "_arc4", "_chacha20", "_salsa20", "af_alg", "aes", "rc4", "arc4", "chacha20", "xchacha20", "salsa20", "des", "3des",
         "blowfish", "xor", "cccrypt", "ccaes", "ccrc4", "ccchacha20", "shadowsocks"];

    /// <summary>By platform; of two patterns that fit, the first counts.</summary>
    public static readonly ImmutableSortedDictionary<TelemetryPlatform, ImmutableArray<CryptoModule>> ByPlatform =
        ImmutableSortedDictionary.CreateRange(new KeyValuePair<TelemetryPlatform, ImmutableArray<CryptoModule>>[]
        {
            new(TelemetryPlatform.Windows, Of(
                "bcryptprimitives", "bcrypt", "rsaenh", "cryptsp", "ncrypt", "dssenh", "aes", "libcrypto*", "libeay32", "libsodium*",
                "libgcrypt*", "mbedcrypto*", "libmbedcrypto*", "wolfssl*", "cryptopp*", "libtomcrypt*")),
            new(TelemetryPlatform.Linux,
            [
                .. Of(
                    "libcrypto.so*", "libcrypto3.so*", "libsodium.so*", "libnettle.so*", "libmbedcrypto.so*", "libwolfssl.so*",
                    "libtomcrypt.so*", "libcryptopp.so*", "libcrypto++.so*", "libbotan*.so*", "libmcrypt.so*", "af_alg"),
                .. At(Little, "libgcrypt.so*", "libhogweed.so*"),
                .. At(0, "libk5crypto.so*"),
                .. Languages,

                // What a proxy's own log names, whose keys are shared beforehand.
                .. Of("shadowsocks"),
            ]),
            new(TelemetryPlatform.MacOs,
            [
                .. Of("cccrypt*", "ccaes*", "ccrc4*", "ccchacha20*", "libcrypto*.dylib", "libsodium*.dylib", "libmbedcrypto*.dylib"),
                .. At(Half, "libcommoncrypto.dylib", "libcorecrypto.dylib", "commoncrypto"),
                .. At(Little, "security"),
                .. Languages,
                .. Routines,
            ]),
            new(TelemetryPlatform.Esxi, [.. Of("libcrypto.so*", "libsodium.so*"), .. Languages, .. Routines]),
        });

    /// <summary>Windows' own TLS: a process that maps these probably speaks TLS. Lower-case file names.</summary>
    public static readonly ImmutableArray<string> TlsProviders = ["schannel.dll", "ncryptsslp.dll"];

    /// <summary>
    /// TLS that programs bring with them: OpenSSL, NSS, GnuTLS, Mbed TLS, wolfSSL, rustls. Prefixes of lower-case file names.
    /// </summary>
    public static readonly ImmutableArray<string> OwnTlsOfWindows =
        ["libssl", "ssleay32", "nss3.dll", "ssl3.dll", "libgnutls", "gnutls", "libmbedtls", "mbedtls", "wolfssl", "rustls"];

    /// <summary>The .NET runtime: in a native program it was brought there. Lower-case file names.</summary>
    public static readonly ImmutableArray<string> ManagedRuntime = ["clr.dll", "coreclr.dll", "mscorwks.dll"];

    /// <summary>PowerShell's engine: in a program other than PowerShell it was brought there. Prefix of lower-case file names.</summary>
    public const string PowerShellEngine = "system.management.automation";

    private static readonly string[] TlsOfLinux =
        ["libssl.so", "libssl3.so", "libnss3.so", "libgnutls.so", "libmbedtls.so", "libwolfssl.so", "librustls.so", "libs2n.so",
         "libtls.so"];

    /// <summary>Libraries of Linux that tell what their process is: those of TLS, and systemd's, which needs libgcrypt itself.</summary>
    private static readonly string[] TellingOfLinux = [.. TlsOfLinux, SystemdLibrary];

    /// <summary>systemd's library. Prefix of file names.</summary>
    public const string SystemdLibrary = "libsystemd.so";

    /// <summary>Whether a module tells what a process is, whatever the settings say. ASCII case does not matter.</summary>
    public static bool IsTelling(ReadOnlySpan<byte> fileName)
    {
        foreach (string name in (ReadOnlySpan<string>)["schannel.dll", "ncryptsslp.dll", "clr.dll", "coreclr.dll", "mscorwks.dll"])
        {
            if (name.Length == fileName.Length && System.Text.Ascii.EqualsIgnoreCase(fileName, name))
            {
                return true;
            }
        }

        return StartsWith(fileName, PowerShellEngine) || IsOwnTls(fileName)
            || (fileName is [(byte)'l', ..] && StartsWithAny(fileName, TellingOfLinux));
    }

    private static bool IsOwnTls(ReadOnlySpan<byte> fileName)
    {
        foreach (string prefix in OwnTlsOfWindows)
        {
            if ((fileName[0] | 0x20) == prefix[0] && fileName.Length >= prefix.Length
                && System.Text.Ascii.EqualsIgnoreCase(fileName[..prefix.Length], prefix))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a library or routine is a cipher itself. Lower-case name.</summary>
    public static bool IsCipher(string name)
    {
        foreach (string cipher in Ciphers)
        {
            if (name.StartsWith(cipher, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a library is one of TLS on Linux: a program that maps it probably speaks TLS. Lower-case file name.</summary>
    public static bool IsLinuxTls(string name)
    {
        foreach (string library in TlsOfLinux)
        {
            if (name.StartsWith(library, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<byte> fileName, string[] prefixes)
    {
        foreach (string prefix in prefixes)
        {
            if (StartsWith(fileName, prefix))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWith(ReadOnlySpan<byte> fileName, string prefix) =>
        fileName.Length > prefix.Length && System.Text.Ascii.EqualsIgnoreCase(fileName[..prefix.Length], prefix);

    private static ImmutableArray<CryptoModule> Of(params string[] names) => At(Full, names);

    private static ImmutableArray<CryptoModule> At(int weight, params string[] names) =>
        [.. names.Select(name => new CryptoModule(new(name), weight))];
}

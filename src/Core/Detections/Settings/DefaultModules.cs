using System.Collections.Immutable;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>The libraries that count as symmetric cryptography as shipped, and those that tell what a process is.</summary>
public static class DefaultModules
{
    /// <summary>Full weight, percent.</summary>
    private const int Full = 100;

    /// <summary>By platform.</summary>
    public static readonly ImmutableSortedDictionary<TelemetryPlatform, ImmutableArray<CryptoModule>> ByPlatform =
        ImmutableSortedDictionary.CreateRange(new KeyValuePair<TelemetryPlatform, ImmutableArray<CryptoModule>>[]
        {
            new(TelemetryPlatform.Windows, Of(
                "bcryptprimitives", "bcrypt", "rsaenh", "cryptsp", "ncrypt", "dssenh", "aes", "libcrypto*", "libeay32", "libsodium*",
                "libgcrypt*", "mbedcrypto*", "libmbedcrypto*", "wolfssl*", "cryptopp*", "libtomcrypt*")),
            new(TelemetryPlatform.Linux, Of(
                "libcrypto.so*", "libsodium.so*", "libgcrypt.so*", "libnettle.so*", "libmbedcrypto.so*", "libwolfssl.so*", "af_alg")),
            new(TelemetryPlatform.MacOs, Of(
                "libcommoncrypto.dylib", "security", "libcrypto*.dylib", "libsodium*.dylib", "libcorecrypto.dylib")),
            new(TelemetryPlatform.Esxi, Of("libcrypto.so*", "libssl.so*", "aes", "rc4", "chacha20")),
        });

    /// <summary>Windows' own TLS: a process that maps these probably speaks TLS. Lower-case file names.</summary>
    public static readonly ImmutableArray<string> TlsProviders = ["schannel.dll", "ncryptsslp.dll"];

    /// <summary>The .NET runtime: in a native program it was brought there. Lower-case file names.</summary>
    public static readonly ImmutableArray<string> ManagedRuntime = ["clr.dll", "coreclr.dll", "mscorwks.dll"];

    /// <summary>PowerShell's engine: in a program other than PowerShell it was brought there. Prefix of lower-case file names.</summary>
    public const string PowerShellEngine = "system.management.automation";

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

        return fileName.Length > PowerShellEngine.Length
            && System.Text.Ascii.EqualsIgnoreCase(fileName[..PowerShellEngine.Length], PowerShellEngine);
    }

    private static ImmutableArray<CryptoModule> Of(params string[] names) => [.. names.Select(name => new CryptoModule(new(name), Full))];
}

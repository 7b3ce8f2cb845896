namespace CipherWatch.Core.Detections.Settings;

/// <summary>
/// The names that each object of a settings file may have: what the reader knows, and the schema is held to. Any other name is a
/// mistake, at every depth.
/// </summary>
internal static class SettingsShapes
{
    /// <summary>A member of <c>AllowedCryptoProcesses</c>.</summary>
    public static readonly string[] Process = ["image", "signer", "host"];

    /// <summary>A member of <c>TrustedCryptoLibs</c>.</summary>
    public static readonly string[] Library = ["process", "library"];

    /// <summary>A library or routine of <c>CryptoModules</c>.</summary>
    public static readonly string[] Module = ["name", "weight"];

    /// <summary>A member of <c>Suppressions</c>.</summary>
    public static readonly string[] Suppression =
        ["detectionId", "process", "host", "signer", "hash", "destination", "evidence", "reason", "author", "expires"];

    /// <summary>The platforms of <c>CryptoModules</c>.</summary>
    public static readonly string[] Platforms = ["windows", "linux", "macos", "esxi"];

    /// <summary>What a port may be expected to carry.</summary>
    public static readonly string[] Encryptions = ["tls", "quic", "dtls", "ssh", "ipsec", "wireguard", "openvpn", "none", "any"];
}

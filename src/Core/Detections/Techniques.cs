namespace CipherWatch.Core.Detections;

/// <summary>MITRE ATT&amp;CK technique ids that detections carry.</summary>
internal static class Techniques
{
    /// <summary>Encrypted channel, where nothing tells which kind.</summary>
    public const string EncryptedChannel = "T1573";

    /// <summary>Encrypted channel: symmetric cryptography.</summary>
    public const string SymmetricCryptography = "T1573.001";

    /// <summary>Encrypted channel: asymmetric cryptography, TLS among it.</summary>
    public const string AsymmetricCryptography = "T1573.002";
}

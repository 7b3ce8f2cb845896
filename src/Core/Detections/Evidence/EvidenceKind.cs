namespace CipherWatch.Core.Detections.Evidence;

/// <summary>A kind of evidence: its name, which <c>EvidenceWeights</c> uses, and the weight that ships.</summary>
/// <param name="Name">camelCase name.</param>
/// <param name="Weight">Points it adds to a confidence of 0–100; negative where it speaks against.</param>
public sealed record EvidenceKind(string Name, int Weight)
{
    // Weights rest on what was measured over 134 recorded attack sessions (docs/settings.md): how many of the C2 processes and how
    // many of the others show each. They are round numbers on purpose; the sample does not carry finer ones.

    /// <summary>A library of symmetric cryptography was mapped within <c>TimeWindow</c> of a connection. Nearly every process maps one.</summary>
    public static readonly EvidenceKind CryptoLoad = new("cryptoLoad", 15);

    /// <summary>Such a library was mapped at some other time of the process's life.</summary>
    public static readonly EvidenceKind CryptoLoadEarlier = new("cryptoLoadEarlier", 8);

    /// <summary>Symmetric cryptography without Windows' TLS, in a program that is odd for another reason. 13 of 25 C2, 1 of 344 others.</summary>
    public static readonly EvidenceKind NoTlsProvider = new("noTlsProvider", 20);

    /// <summary>Windows' TLS is mapped: the channel is probably TLS.</summary>
    public static readonly EvidenceKind TlsProvider = new("tlsProvider", -10);

    /// <summary>The executable carries no valid signature. 12 of 25 C2, none of 344 others.</summary>
    public static readonly EvidenceKind UnsignedImage = new("unsignedImage", 30);

    /// <summary>The executable lies where any user may write.</summary>
    public static readonly EvidenceKind UserWritableImage = new("userWritableImage", 20);

    /// <summary>The same, but validly signed: common for programs that install per user.</summary>
    public static readonly EvidenceKind UserWritableSigned = new("userWritableSigned", 5);

    /// <summary>A script host, or a program that has no business on the network.</summary>
    public static readonly EvidenceKind UnexpectedProgram = new("unexpectedProgram", 25);

    /// <summary>The .NET runtime or PowerShell's engine in a native program.</summary>
    public static readonly EvidenceKind ManagedInNative = new("managedInNative", 20);

    /// <summary>Another program started a thread in this one.</summary>
    public static readonly EvidenceKind InjectedThread = new("injectedThread", 15);

    /// <summary>Started by a program that does not start such programs.</summary>
    public static readonly EvidenceKind OddParent = new("oddParent", 10);

    /// <summary>A destination port outside <c>PortProfiles</c>.</summary>
    public static readonly EvidenceKind OddPort = new("oddPort", 10);

    /// <summary>Many connections, one or two destinations. Every C2 process whose loads were not recorded, in the measured sessions.</summary>
    public static readonly EvidenceKind FewDestinations = new("fewDestinations", 30);

    /// <summary>Random-looking payload on a flow whose start was seen and holds no key exchange.</summary>
    public static readonly EvidenceKind EncryptedNoHandshake = new("encryptedNoHandshake", 45);

    /// <summary>Random-looking payload, but whether keys were exchanged was not seen.</summary>
    public static readonly EvidenceKind EncryptedHandshakeUnseen = new("encryptedHandshakeUnseen", 20);

    /// <summary>Payload under a repeating XOR key.</summary>
    public static readonly EvidenceKind PayloadXor = new("payloadXor", 45);

    /// <summary>Repeated cipher blocks: a block cipher in ECB mode.</summary>
    public static readonly EvidenceKind PayloadEcb = new("payloadEcb", 35);

    /// <summary>No payload was seen: neither for nor against.</summary>
    public static readonly EvidenceKind PayloadInsufficient = new("payloadInsufficient", 0);

    /// <summary>Keys were exchanged on the channel: asymmetric cryptography, T1573.002.</summary>
    public static readonly EvidenceKind TlsHandshake = new("tlsHandshake", 0);

    /// <summary>The process is allowed to use cryptography: its load and random payload weigh nothing.</summary>
    public static readonly EvidenceKind AllowedProcess = new("allowedProcess", 0);

    /// <summary>The port is profiled for an encryption that is not there.</summary>
    public static readonly EvidenceKind ExpectedEncryptionAbsent = new("expectedEncryptionAbsent", 20);

    /// <summary>Several flows of the channel show the same.</summary>
    public static readonly EvidenceKind RepeatedFlows = new("repeatedFlows", 10);

    /// <summary>A VPN outside its port profile, and too small to be a tunnel that is used.</summary>
    public static readonly EvidenceKind VpnOffProfile = new("vpnOffProfile", 25);

    /// <summary>Every kind.</summary>
    public static readonly IReadOnlyList<EvidenceKind> All = [CryptoLoad, CryptoLoadEarlier, NoTlsProvider, TlsProvider, UnsignedImage, UserWritableImage, UserWritableSigned, UnexpectedProgram, ManagedInNative, InjectedThread, OddParent, OddPort, FewDestinations, EncryptedNoHandshake, EncryptedHandshakeUnseen, PayloadXor, PayloadEcb, PayloadInsufficient, TlsHandshake, AllowedProcess, ExpectedEncryptionAbsent, RepeatedFlows, VpnOffProfile];
}

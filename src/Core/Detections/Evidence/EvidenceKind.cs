namespace CipherWatch.Core.Detections.Evidence;

/// <summary>
/// A kind of evidence: its name, which <c>EvidenceWeights</c> uses, the weight that ships, and what it says. A kind is one row here:
/// the settings file is checked against the rows, and the schema and the table in <c>docs/settings.md</c> are made of them.
/// </summary>
public sealed record EvidenceKind
{
    private static readonly List<EvidenceKind> Rows = [];

    // Weights rest on what was measured over 134 recorded attack sessions (docs/settings.md): how many of the C2 processes and how
    // many of the others show each. They are round numbers on purpose; the sample does not carry finer ones.

    /// <summary>Random-looking payload on a flow whose start was seen and holds no key exchange.</summary>
    public static readonly EvidenceKind EncryptedNoHandshake =
        Row("encryptedNoHandshake", 45, "Random-looking payload; the start of the flow was seen and holds no key exchange");

    /// <summary>Random-looking payload, but whether keys were exchanged was not seen.</summary>
    public static readonly EvidenceKind EncryptedHandshakeUnseen =
        Row("encryptedHandshakeUnseen", 20, "Random-looking payload; whether keys were exchanged was not seen");

    /// <summary>Payload under a repeating XOR key.</summary>
    public static readonly EvidenceKind PayloadXor = Row("payloadXor", 45, "Payload under a repeating XOR key, with its length");

    /// <summary>Repeated cipher blocks: a block cipher in ECB mode.</summary>
    public static readonly EvidenceKind PayloadEcb = Row("payloadEcb", 35, "Repeated cipher blocks");

    /// <summary>No payload was seen: neither for nor against.</summary>
    public static readonly EvidenceKind PayloadInsufficient = Row("payloadInsufficient", 0, "No payload was seen: neither for nor against");

    /// <summary>Keys were exchanged on the channel: asymmetric cryptography, T1573.002.</summary>
    public static readonly EvidenceKind TlsHandshake = Row("tlsHandshake", 0, "Keys were exchanged: T1573.002");

    /// <summary>A library of symmetric cryptography was mapped within <c>TimeWindow</c> of a connection. Nearly every process has one.</summary>
    public static readonly EvidenceKind CryptoLoad =
        Row("cryptoLoad", 15, "A crypto library was mapped within `TimeWindow` of a connection");

    /// <summary>Such a library was mapped at some other time of the process's life.</summary>
    public static readonly EvidenceKind CryptoLoadEarlier =
        Row("cryptoLoadEarlier", 8, "It was mapped at another time of the process's life");

    /// <summary>Symmetric cryptography without Windows' TLS, in a program odd for another reason. 13 of 25 C2, 1 of 344 others.</summary>
    public static readonly EvidenceKind NoTlsProvider =
        Row("noTlsProvider", 20, "Cryptography without Windows' TLS, in a program that is odd for another reason");

    /// <summary>Windows' TLS is mapped: the channel is probably TLS.</summary>
    public static readonly EvidenceKind TlsProvider = Row("tlsProvider", -10, "Windows' TLS is mapped: the channel may be TLS");

    /// <summary>The executable carries no valid signature. 12 of 25 C2, none of 344 others.</summary>
    public static readonly EvidenceKind UnsignedImage = Row("unsignedImage", 30, "The executable carries no valid signature");

    /// <summary>The executable lies where any user may write.</summary>
    public static readonly EvidenceKind UserWritableImage = Row("userWritableImage", 20, "The executable lies where any user may write");

    /// <summary>The same, but validly signed: common for programs that install per user.</summary>
    public static readonly EvidenceKind UserWritableSigned = Row("userWritableSigned", 5, "The same, validly signed");

    /// <summary>A script host, or a program that has no business on the network.</summary>
    public static readonly EvidenceKind UnexpectedProgram =
        Row("unexpectedProgram", 25, "A script host, or a program that has no business on the network");

    /// <summary>The .NET runtime or PowerShell's engine in a native program.</summary>
    public static readonly EvidenceKind ManagedInNative =
        Row("managedInNative", 20, "The .NET runtime or PowerShell's engine in a native program");

    /// <summary>Another program started a thread in this one.</summary>
    public static readonly EvidenceKind InjectedThread = Row("injectedThread", 15, "Another program started a thread in it");

    /// <summary>Started by a program that does not start such programs.</summary>
    public static readonly EvidenceKind OddParent = Row("oddParent", 10, "Started by a program that does not start such programs");

    /// <summary>Many connections, one or two destinations. Every C2 process whose loads were not recorded, where measured.</summary>
    public static readonly EvidenceKind FewDestinations =
        Row("fewDestinations", 30, "At least 8 connections to at most 2 destinations in a day, from an odd program");

    /// <summary>A destination port outside <c>PortProfiles</c>.</summary>
    public static readonly EvidenceKind OddPort = Row("oddPort", 10, "A port on no profile");

    /// <summary>The port is profiled for an encryption that is not there.</summary>
    public static readonly EvidenceKind ExpectedEncryptionAbsent =
        Row("expectedEncryptionAbsent", 20, "A port whose profile expects an encryption that is not there");

    /// <summary>Several flows of the channel show the same.</summary>
    public static readonly EvidenceKind RepeatedFlows = Row("repeatedFlows", 10, "Three flows of a channel or more show the same");

    /// <summary>A VPN outside its port profile, and too small to be a tunnel that is used.</summary>
    public static readonly EvidenceKind VpnOffProfile = Row("vpnOffProfile", 25, "A recognised VPN, small, off its port");

    /// <summary>The process is allowed to use cryptography: its load and random payload weigh nothing.</summary>
    public static readonly EvidenceKind AllowedProcess = Row("allowedProcess", 0, "Why a crypto load weighs nothing");

    private EvidenceKind(string name, int weight, string says) => (Name, Weight, Says) = (name, weight, says);

    /// <summary>All kinds, in the order they are documented.</summary>
    public static IReadOnlyList<EvidenceKind> All => Rows;

    /// <summary>camelCase name.</summary>
    public string Name { get; }

    /// <summary>Points it adds to a confidence of 0–100 as shipped; negative where it speaks against.</summary>
    public int Weight { get; }

    /// <summary>What it says, for the table of kinds; Markdown.</summary>
    public string Says { get; }

    private static EvidenceKind Row(string name, int weight, string says)
    {
        EvidenceKind row = new(name, weight, says);
        Rows.Add(row);
        return row;
    }
}

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
    public static readonly EvidenceKind EncryptedNoHandshake = Row(
        "encryptedNoHandshake", 45, "Random-looking payload; the start of the flow was seen and holds no key exchange",
        isPayload: true);

    /// <summary>Random-looking payload, but whether keys were exchanged was not seen.</summary>
    public static readonly EvidenceKind EncryptedHandshakeUnseen =
        Row("encryptedHandshakeUnseen", 20, "Random-looking payload; whether keys were exchanged was not seen", isPayload: true);

    /// <summary>Ciphertext in the bodies of a protocol, repeated: the frame is recognised, what it carries is not.</summary>
    public static readonly EvidenceKind EncryptedBodies = Row(
        "encryptedBodies", 45,
        "Bodies inside HTTP, SMB pipes or MQTT look random, again and again, and neither type nor encoding explains it; "
        + "written in letters both ways, 80 %; only fetched, or letters one way, 50 %",
        isPayload: true);

    /// <summary>Payload under a repeating XOR key.</summary>
    public static readonly EvidenceKind PayloadXor =
        Row("payloadXor", 45, "Payload under a repeating XOR key, with its length", isPayload: true);

    /// <summary>Repeated cipher blocks: a block cipher in ECB mode.</summary>
    public static readonly EvidenceKind PayloadEcb = Row("payloadEcb", 35, "Repeated cipher blocks", isPayload: true);

    /// <summary>No payload was seen: neither for nor against.</summary>
    public static readonly EvidenceKind PayloadInsufficient = Row("payloadInsufficient", 0, "No payload was seen: neither for nor against");

    /// <summary>A messenger's own network, whose programs send payload that is random from its first byte.</summary>
    public static readonly EvidenceKind MessengerNetwork = Row(
        "messengerNetwork", -45,
        "The destination is a messenger's own network (Telegram's), whose transport is random from its first byte on purpose");

    /// <summary>Keys were exchanged on the channel: asymmetric cryptography, T1573.002.</summary>
    public static readonly EvidenceKind TlsHandshake = Row("tlsHandshake", 0, "Keys were exchanged: T1573.002");

    /// <summary>A library of symmetric cryptography was mapped within <c>TimeWindow</c> of a connection. Nearly all have one.</summary>
    public static readonly EvidenceKind CryptoLoad =
        Row("cryptoLoad", 15, "A crypto library was mapped within `TimeWindow` of a connection");

    /// <summary>Such a library was mapped at some other time of the process's life.</summary>
    public static readonly EvidenceKind CryptoLoadEarlier =
        Row("cryptoLoadEarlier", 8, "It was mapped at another time of the process's life");

    /// <summary>A symmetric cipher itself, and not a library that has one among other things: nothing else needs it.</summary>
    public static readonly EvidenceKind CipherUse = Row(
        "cipherUse", 25,
        "A cipher itself was loaded or called: a cipher module of Python, the kernel's AF_ALG, a routine that a log names");

    /// <summary>A process and a library that <c>TrustedCryptoLibs</c> lists.</summary>
    public static readonly EvidenceKind TrustedLibrary =
        Row("trustedLibrary", 0, "`TrustedCryptoLibs` trusts the process with the library");

    /// <summary>What no log of the platform shows: neither for nor against.</summary>
    public static readonly EvidenceKind CryptoInsufficient =
        Row("cryptoInsufficient", 0, "The platform's logs do not show what ciphers a process uses (macOS, ESXi)");

    /// <summary>Symmetric cryptography without a TLS library, in a program odd for another reason. 13 of 25 C2, 1 of 344 others.</summary>
    public static readonly EvidenceKind NoTlsProvider =
        Row("noTlsProvider", 20, "Cryptography without a TLS library of the platform, in a program that is odd for another reason");

    /// <summary>A TLS library of the platform is mapped: the channel is probably TLS.</summary>
    public static readonly EvidenceKind TlsProvider =
        Row("tlsProvider", -10, "A TLS library of the platform is mapped: the channel may be TLS");

    /// <summary>TLS that a developer's runtime brings with it: neither for nor against, and no more than low.</summary>
    public static readonly EvidenceKind OwnTls =
        Row("ownTls", 0, "A developer's runtime brings TLS with it and calls ports of TLS: low at most without payload (Windows)");

    /// <summary>Nothing is on record of the libraries of a script host whose start is: low at most.</summary>
    public static readonly EvidenceKind LibrariesUnrecorded = Row(
        "librariesUnrecorded", 0,
        "The libraries of a script host are not on record, or not from its start, and it calls usual ports: low at most without payload "
        + "(Windows)");

    /// <summary>Few destinations because a proxy stands before all of them.</summary>
    public static readonly EvidenceKind BehindProxy =
        Row("behindProxy", 0, "The destinations are behind a proxy, which may hide them: then that they are few says nothing");

    /// <summary>The executable carries no valid signature. 12 of 25 C2, none of 344 others.</summary>
    public static readonly EvidenceKind UnsignedImage = Row("unsignedImage", 30, "The executable carries no valid signature");

    /// <summary>The executable lies where any user may write.</summary>
    public static readonly EvidenceKind UserWritableImage = Row(
        "userWritableImage", 20,
        "The executable lies where any user may write; where nothing is installed either (Downloads, Temp), 125 %");

    /// <summary>The same, but validly signed: common for programs that install per user.</summary>
    public static readonly EvidenceKind UserWritableSigned = Row("userWritableSigned", 5, "The same, validly signed");

    /// <summary>The executable is nowhere on disk, or was deleted where nothing is installed.</summary>
    public static readonly EvidenceKind MemoryImage =
        Row("memoryImage", 30, "The executable is in memory only, or was deleted where nothing is installed (Linux)");

    /// <summary>A program that pretends to be a thread of the kernel, or a daemon.</summary>
    public static readonly EvidenceKind DisguisedProgram =
        Row("disguisedProgram", 25, "A program that calls itself a kernel thread, or a daemon from outside the system's folders (Linux)");

    /// <summary>A shell that holds a connection itself. It has no cipher of its own, so this weighs little.</summary>
    public static readonly EvidenceKind ShellConnects =
        Row("shellConnects", 10, "A shell holds a connection itself; a shell has no cipher, so payload decides (Linux, macOS)");

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

    /// <summary>Started bare, and at once connected to a bare address: what implants of macOS were seen to do.</summary>
    public static readonly EvidenceKind BareConnect = Row(
        "bareConnect", 20,
        "Started without arguments, and within a minute connected to an address without a name on an unusual port (macOS)");

    /// <summary>A job of launchd whose program any user may replace.</summary>
    public static readonly EvidenceKind LaunchdJob = Row("launchdJob", 10, "Started by launchd from where any user may write (macOS)");

    /// <summary>The host's own log says that the channel carried bytes and no TLS: all that macOS says of a payload.</summary>
    public static readonly EvidenceKind NoTlsOnChannel =
        Row("noTlsOnChannel", 25, "The host's log shows bytes on the channel and no TLS, on a port that is not for plain text (macOS)");

    /// <summary>Far more sent than received.</summary>
    public static readonly EvidenceKind AsymmetricTraffic = Row(
        "asymmetricTraffic", 15,
        "At least `TrafficAsymmetryRatio` times as many bytes sent as received within `TimeWindow` (Linux, macOS); 66 % on "
        + "a channel without payload");

    /// <summary>An ESXi host talks to an address outside its management.</summary>
    public static readonly EvidenceKind OutsideManagement = Row(
        "outsideManagement", 25,
        "An ESXi host talks to a public address that `AllowedMgmtHosts` does not list; to a private one, 40 %, and only of a program that "
        + "is no service of ESXi's");

    /// <summary>A management daemon of ESXi, which talks to its own kind only.</summary>
    public static readonly EvidenceKind ManagementDaemon =
        Row("managementDaemon", 10, "It is a daemon of ESXi's management that does so (hostd, vpxa, rhttpproxy, envoy)");

    /// <summary>A destination port outside <c>PortProfiles</c>.</summary>
    public static readonly EvidenceKind OddPort = Row("oddPort", 10, "A port on no profile");

    /// <summary>The port is profiled for an encryption that is not there.</summary>
    public static readonly EvidenceKind ExpectedEncryptionAbsent =
        Row("expectedEncryptionAbsent", 20, "A port whose profile expects an encryption that is not there");

    /// <summary>Many channels alike, said once.</summary>
    public static readonly EvidenceKind ChannelsAlike = Row(
        "channelsAlike", 0, "Channels of one source, or to one destination, that show the same: how many there are, and a few of them");

    /// <summary>Several flows of the channel show the same.</summary>
    public static readonly EvidenceKind RepeatedFlows = Row("repeatedFlows", 10, "Three flows of a channel or more show the same");

    /// <summary>Calls by a timer.</summary>
    public static readonly EvidenceKind Beaconing = Row(
        "beaconing", 15,
        "Flows of the channel, or calls of an odd process to one destination, begin by a timer, jitter allowed: the last sixteen or more, "
        + "every five seconds or slower; alone it makes no finding of a process");

    /// <summary>A sensor that tells protocols found none where payload was not kept.</summary>
    public static readonly EvidenceKind NoProtocolFound = Row(
        "noProtocolFound", 10, "A sensor looked for a protocol and a key exchange in vain, on a port of no profile; no payload was kept");

    /// <summary>A connection that stayed up for hours.</summary>
    public static readonly EvidenceKind LongConnection =
        Row("longConnection", 10, "A connection of a channel in which no protocol was found stayed up for four hours or more");

    /// <summary>Calls that nobody answers.</summary>
    public static readonly EvidenceKind UnansweredCalls =
        Row("unansweredCalls", 25, "A hundred calls a day or more to one port of one host, and none of them answered");

    /// <summary>A VPN outside its port profile, and too small to be a tunnel that is used.</summary>
    public static readonly EvidenceKind VpnOffProfile = Row("vpnOffProfile", 25, "A recognised VPN, small, off its port");

    /// <summary>A program without a valid signature that few of many hosts have. It adds to a finding and makes none.</summary>
    public static readonly EvidenceKind RareProgram = Row(
        "rareProgram", 5,
        "A program without a valid signature and without TLS at hand, by its hash, is on 2 hosts at most, with 20 in sight or more; alone "
        + "it makes no finding");

    /// <summary>What many hosts have long done, signed by the same.</summary>
    public static readonly EvidenceKind CommonSigned = Row(
        "commonSigned", -10,
        "What the same has validly signed calls the same destinations on a quarter of the hosts in sight, and on 10 of them for 14 days; "
        + "not where payload speaks, nor of an image that few have, of a program that has no business on the network, or of one that "
        + "others brought code into");

    /// <summary>On how many hosts the like was seen, neither for nor against.</summary>
    public static readonly EvidenceKind Prevalence = Row(
        "prevalence", 0,
        "On how many hosts the program, by its hash or by who validly signed it, was seen with the destination, and since when; said where "
        + "20 hosts are in sight or more");

    /// <summary>The process is allowed to use cryptography: its load and random payload weigh nothing.</summary>
    public static readonly EvidenceKind AllowedProcess = Row("allowedProcess", 0, "Why a crypto load weighs nothing");

    private EvidenceKind(string name, int weight, string says, bool isPayload) =>
        (Name, Weight, Says, IsPayload) = (name, weight, says, isPayload);

    /// <summary>All kinds, in the order they are documented.</summary>
    public static IReadOnlyList<EvidenceKind> All => Rows;

    /// <summary>camelCase name.</summary>
    public string Name { get; }

    /// <summary>Points it adds to a confidence of 0–100 as shipped; negative where it speaks against.</summary>
    public int Weight { get; }

    /// <summary>What it says, for the table of kinds; Markdown.</summary>
    public string Says { get; }

    /// <summary>Whether it is bytes that were seen, encrypted by themselves: no other key exchange explains them.</summary>
    public bool IsPayload { get; }

    /// <summary>Whether one of the pieces that weigh is payload.</summary>
    public static bool AnyPayload(IEnumerable<EvidencePiece> evidence) => FirstPayload(evidence) is not null;

    /// <summary>The first of the pieces that weigh and are payload; null where none is.</summary>
    public static EvidencePiece? FirstPayload(IEnumerable<EvidencePiece> evidence) =>
        evidence.FirstOrDefault(piece => piece.Weight > 0 && Rows.Exists(row => row.IsPayload && row.Name == piece.Kind));

    private static EvidenceKind Row(string name, int weight, string says, bool isPayload = false)
    {
        EvidenceKind row = new(name, weight, says, isPayload);
        Rows.Add(row);
        return row;
    }
}

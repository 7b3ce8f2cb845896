using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>Every kind of implant: a row each.</summary>
internal static class ImplantKinds
{
    /// <summary>The word that stands for one of every kind.</summary>
    public const string Every = "all";

    /// <summary>The kinds, in the order that help lists them.</summary>
    public static readonly ImplantKind[] All =
    [
        new("rc4-beacon", HostPlatform.Windows, [ImplantKind.Payload, ImplantKind.Library, ImplantKind.Program],
            "native program of no signer, RC4 by the system's library, over TCP", WindowsImplants.Rc4Beacon),
        new("aes-http", HostPlatform.Windows, [ImplantKind.Payload, ImplantKind.Library, ImplantKind.Program],
            ".NET program, AES-CBC in the bodies of HTTP", WindowsImplants.AesHttp),
        new("aes-ecb", HostPlatform.Windows, [ImplantKind.Payload, ImplantKind.Program],
            "native program with its own AES, block by block, over TCP", WindowsImplants.AesEcb),
        new("xor", HostPlatform.Windows, [ImplantKind.Payload, ImplantKind.Program],
            "native program, XOR with a key that repeats, over TCP", WindowsImplants.Xor),
        new("low-and-slow", HostPlatform.Windows, [ImplantKind.Payload, ImplantKind.Library, ImplantKind.Program],
            "a handful of short messages a day to port 443", WindowsImplants.LowAndSlow),
        new("injected-svchost", HostPlatform.Windows, [ImplantKind.Payload, ImplantKind.Library, ImplantKind.Program],
            "a thread in a svchost that it started, AES over TCP", WindowsImplants.InjectedSvchost),
        new("smb-relay", HostPlatform.Windows, [ImplantKind.Payload, ImplantKind.Library, ImplantKind.Program],
            "two hosts: one speaks to the other over a named pipe (SMB), the other to the server", RelayImplants.Smb) { Hosts = 2 },
        new("tcp-relay", HostPlatform.Windows, [ImplantKind.Payload, ImplantKind.Library, ImplantKind.Program],
            "two hosts: one speaks to the other over TCP, the other to the server", RelayImplants.Tcp) { Hosts = 2 },
        new("chacha-length-prefix", HostPlatform.Linux, [ImplantKind.Payload, ImplantKind.Program],
            "static program out of a temporary folder, ChaCha20 behind a length", LinuxImplants.ChaChaLengthPrefix),
        new("python-pycryptodome", HostPlatform.Linux, [ImplantKind.Payload, ImplantKind.Library, ImplantKind.Program],
            "Python script with pycryptodome's AES modules, over TCP", LinuxImplants.PythonPycryptodome),
        new("launchd-agent", HostPlatform.MacOs, [ImplantKind.Payload, ImplantKind.Program],
            "job of launchd with a program signed by nobody, RC4 over TCP", MacImplants.LaunchdAgent),
        new("esxi-reverse-tunnel", HostPlatform.Esxi, [ImplantKind.Payload, ImplantKind.Connection],
            "Python on the hypervisor that holds a tunnel of its own cipher open", EsxiImplants.ReverseTunnel),
        new("esxi-ssh-tunnel", HostPlatform.Esxi, [ImplantKind.Connection],
            "control: ssh -R from the hypervisor, a key exchange on the wire", EsxiImplants.SshTunnel) { IsControl = true },
        new("tls-beacon", HostPlatform.Windows, [ImplantKind.Program],
            "control: an unsigned beacon over TLS, T1573.002", WindowsImplants.TlsBeacon) { IsControl = true },
        new("plain-shell", HostPlatform.Linux, [ImplantKind.Program],
            "control: a shell that connects back, in clear", LinuxImplants.PlainShell) { IsControl = true },
    ];

    /// <summary>The kind of a name; null where there is none.</summary>
    public static ImplantKind? Find(string name) => Array.Find(All, kind => kind.Name == name);
}

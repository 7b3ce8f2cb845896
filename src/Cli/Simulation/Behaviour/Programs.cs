using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>The programs of the fleet.</summary>
internal static class Programs
{
    /// <summary>What a program maps that uses Windows' own TLS.</summary>
    private static readonly string[] Tls = System32(
        "kernel32.dll", "ws2_32.dll", "bcryptprimitives.dll", "bcrypt.dll", "cryptsp.dll", "rsaenh.dll", "schannel.dll", "ncrypt.dll", "ncryptsslp.dll");

    /// <summary>What nearly every program maps.</summary>
    private static readonly string[] Usual = System32("kernel32.dll", "user32.dll", "ws2_32.dll", "bcryptprimitives.dll", "bcrypt.dll");

    /// <summary>What a program maps that brings no TLS and does its own symmetric cryptography.</summary>
    private static readonly string[] OwnCryptography = System32(
        "kernel32.dll", "ws2_32.dll", "bcryptprimitives.dll", "bcrypt.dll", "cryptsp.dll", "rsaenh.dll");

    public static readonly SimulatedProgram Chrome = new(@"C:\Program Files\Google\Chrome\Application\chrome.exe", string.Empty, "Google LLC", Usual);

    public static readonly SimulatedProgram Edge = new(
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe", "--no-startup-window", "Microsoft Corporation", Usual);

    public static readonly SimulatedProgram Firefox = new(@"C:\Program Files\Mozilla Firefox\firefox.exe", string.Empty, "Mozilla Corporation", Usual);

    public static readonly SimulatedProgram Updater = new(
        @"C:\Program Files (x86)\Google\Update\GoogleUpdate.exe", "/ua /installsource scheduler", "Google LLC", Tls);

    public static readonly SimulatedProgram NetworkService = new(
        @"C:\Windows\System32\svchost.exe", "-k NetworkService -p -s Dnscache", "Microsoft Windows Publisher", Usual);

    public static readonly SimulatedProgram UpdateService = new(
        @"C:\Windows\System32\svchost.exe", "-k netsvcs -p -s wuauserv", "Microsoft Windows Publisher", Tls);

    public static readonly SimulatedProgram Lsass = new(@"C:\Windows\System32\lsass.exe", string.Empty, "Microsoft Windows Publisher", Tls);

    public static readonly SimulatedProgram Kernel = new("System", string.Empty, "Microsoft Windows", []);

    public static readonly SimulatedProgram Accounting = new(
        @"C:\Program Files\Ledgerline\LedgerClient.exe", "/company 4", "Ledgerline Software Ltd", Tls);

    public static readonly SimulatedProgram Backup = new(
        @"C:\Program Files\Veeam\Endpoint Backup\Veeam.EndPoint.Service.exe", string.Empty, "Veeam Software Group GmbH", Usual);

    public static readonly SimulatedProgram Defender = new(
        @"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.26020.6-0\MsMpEng.exe", string.Empty, "Microsoft Windows Publisher", Tls);

    /// <summary>A program that installs into the user's profile, validly signed.</summary>
    public static SimulatedProgram OneDrive(SimulatedHost host) => new(
        $@"{host.Profile}\AppData\Local\Microsoft\OneDrive\OneDrive.exe", "/background", "Microsoft Corporation", Tls);

    /// <summary>The implant: unsigned, in the user's profile, cryptography of its own and no TLS.</summary>
    public static SimulatedProgram Implant(SimulatedHost host) => new(
        $@"{host.Profile}\AppData\Roaming\AudioRelay\audiorelay.exe", "--tray", null, OwnCryptography);

    private static string[] System32(params string[] names) => [.. names.Select(name => $@"C:\Windows\System32\{name}")];
}

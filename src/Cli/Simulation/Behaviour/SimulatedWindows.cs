using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>The benign Windows programs of the fleet.</summary>
internal static class SimulatedWindows
{
    private const string Publisher = "Microsoft Windows Publisher";
    private const string ServiceHost = @"C:\Windows\System32\svchost.exe";
    private const string Microsoft = "Microsoft Corporation";

    /// <summary>What a program maps that uses Windows' own TLS.</summary>
    private static readonly string[] Tls = System32(
        "bcryptprimitives.dll", "bcrypt.dll", "cryptsp.dll", "rsaenh.dll", "schannel.dll", "ncrypt.dll", "ncryptsslp.dll");

    /// <summary>What nearly every program maps.</summary>
    private static readonly string[] Usual = System32("bcryptprimitives.dll", "bcrypt.dll");

    /// <summary>What a .NET program maps besides.</summary>
    private static readonly string[] Clr = [@"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\clr.dll",
        .. System32("bcryptprimitives.dll", "bcrypt.dll", "cryptsp.dll", "rsaenh.dll")];

    public static readonly SimulatedProgram Chrome = new(
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", string.Empty, "Google LLC", Usual, "browser");

    public static readonly SimulatedProgram Edge = new(
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe", "--no-startup-window", Microsoft, Usual, "browser");

    public static readonly SimulatedProgram Firefox = new(
        @"C:\Program Files\Mozilla Firefox\firefox.exe", string.Empty, "Mozilla Corporation", Usual, "browser");

    public static readonly SimulatedProgram Outlook = new(
        @"C:\Program Files\Microsoft Office\root\Office16\OUTLOOK.EXE", string.Empty, Microsoft, Tls, "mail");

    public static readonly SimulatedProgram Teams = new(
        @"C:\Program Files\WindowsApps\MSTeams_26005.1.0.0_x64__8wekyb3d8bbwe\ms-teams.exe", "--system-initiated", Microsoft, Tls,
            "messenger");

    public static readonly SimulatedProgram Updater = new(
        @"C:\Program Files (x86)\Google\Update\GoogleUpdate.exe", "/ua /installsource scheduler", "Google LLC", Tls, "updater")
    {
        UsualParent = ServiceHost,
    };

    public static readonly SimulatedProgram EdgeUpdater = new(
        @"C:\Program Files (x86)\Microsoft\EdgeUpdate\MicrosoftEdgeUpdate.exe", "/ua /installsource scheduler", Microsoft, Tls, "updater")
    {
        UsualParent = ServiceHost,
    };

    public static readonly SimulatedProgram NetworkService = Service("-k NetworkService -p -s Dnscache", Usual);

    public static readonly SimulatedProgram UpdateService = Service("-k netsvcs -p -s wuauserv", Tls);

    public static readonly SimulatedProgram GraphicsService = Service("-k LocalSystemNetworkRestricted -p -s DiagTrack", Tls);

    public static readonly SimulatedProgram Services = new(@"C:\Windows\System32\services.exe", string.Empty, Publisher, Usual,
        "service")
    { UsualParent = @"C:\Windows\System32\wininit.exe" };

    public static readonly SimulatedProgram Lsass = new(
        @"C:\Windows\System32\lsass.exe", string.Empty, Publisher, Tls, "service")
    { UsualParent = @"C:\Windows\System32\wininit.exe" };

    public static readonly SimulatedProgram Kernel = new("System", string.Empty, "Microsoft Windows", [], "service") { UsualParent = "-" };

    public static readonly SimulatedProgram Defender = new(
        @"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.26020.6-0\MsMpEng.exe", string.Empty, Publisher, Tls, "security");

    /// <summary>The management agent's scripts: PowerShell as an attacker uses it, with another parent and another purpose.</summary>
    public static readonly SimulatedProgram ManagementScript = new(
        @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe",
            @"-NoProfile -ExecutionPolicy RemoteSigned -File C:\ProgramData\Inventory\collect.ps1",
        "Microsoft Windows", [.. Clr, .. System32("schannel.dll", "ncrypt.dll", "ncryptsslp.dll")], "script");

    public static readonly SimulatedProgram ManagementAgent = new(
        @"C:\Windows\CCM\CcmExec.exe", string.Empty, Microsoft, Tls, "management");

    public static readonly SimulatedProgram Accounting = new(
        @"C:\Program Files\Ledgerline\LedgerClient.exe", "/company 4", "Ledgerline Software Ltd", Tls, "line-of-business");

    /// <summary>Made in-house, signed by nobody, on .NET, and in clear over HTTP.</summary>
    public static readonly SimulatedProgram Inventory = new(
        @"C:\Program Files\CorpTools\StockScanner.exe", "--store 12", null, Clr, "in-house");

    public static readonly SimulatedProgram Backup = new(
        @"C:\Program Files\Veeam\Endpoint Backup\Veeam.EndPoint.Service.exe", string.Empty, "Veeam Software Group GmbH", Usual, "backup");

    public static readonly SimulatedProgram OpenVpn = new(
        @"C:\Program Files\OpenVPN\bin\openvpn.exe", "--config corp.ovpn", "OpenVPN Inc.",
            [@"C:\Program Files\OpenVPN\bin\libcrypto-3-x64.dll", .. Usual], "vpn");

    public static readonly SimulatedProgram WireGuard = new(
        @"C:\Program Files\WireGuard\wireguard.exe", "/tunnelservice corp", "WireGuard LLC", Usual, "vpn");

    public static readonly SimulatedProgram RemoteDesktop = new(
        @"C:\Windows\System32\mstsc.exe", "/v:ts-01", Publisher, Tls, "remote-desktop");

    public static readonly SimulatedProgram Putty = new(@"C:\Program Files\PuTTY\putty.exe", "-load web", "Simon Tatham", Usual, "ssh");

    /// <summary>Short programs that the system starts all day and that do not connect.</summary>
    public static readonly SimulatedProgram[] Short =
    [
        Short32("SearchProtocolHost.exe"), Short32("backgroundTaskHost.exe"), Short32("dllhost.exe"), Short32("taskhostw.exe"),
        Short32("conhost.exe"),
        Short32("RuntimeBroker.exe"), Short32("audiodg.exe"), Short32("smartscreen.exe"), Short32("cmd.exe"), Short32("sppsvc.exe"),
        Short32("wevtutil.exe"),
        new(@"C:\Windows\System32\wbem\WmiPrvSE.exe", "-secured -Embedding", Publisher, Usual, "service"),
        new(@"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE", "/n", Microsoft, Tls, "office"),
        new(@"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE", "/n", Microsoft, Tls, "office"),
    ];

    /// <summary>Programs that install into the user's profile, validly signed.</summary>
    public static SimulatedProgram OneDrive(SimulatedHost host) =>
        Local(host, @"Microsoft\OneDrive\OneDrive.exe", "/background", Microsoft, Tls, "file-sync");

    /// <summary>A messenger whose transport is random from the first byte on.</summary>
    public static SimulatedProgram Messenger(SimulatedHost host) =>
        new($@"{host.Profile}\AppData\Roaming\Telegram Desktop\Telegram.exe", "-autostart", "Telegram FZ-LLC", Usual, "messenger");

    /// <summary>A conference program.</summary>
    public static SimulatedProgram Zoom(SimulatedHost host) =>
        new($@"{host.Profile}\AppData\Roaming\Zoom\bin\Zoom.exe", string.Empty, "Zoom Video Communications, Inc.", Tls, "conference");

    /// <summary>A music program.</summary>
    public static SimulatedProgram Music(SimulatedHost host) =>
        new($@"{host.Profile}\AppData\Roaming\Spotify\Spotify.exe", "--minimized", "Spotify AB", Usual, "music");

    /// <summary>A code editor.</summary>
    public static SimulatedProgram Editor(SimulatedHost host) =>
        Local(host, @"Programs\Microsoft VS Code\Code.exe", string.Empty, Microsoft, Usual, "editor");

    /// <summary>The names of Windows' own libraries as paths.</summary>
    public static string[] System32(params string[] names) => [.. names.Select(name => $@"C:\Windows\System32\{name}")];

    private static SimulatedProgram Local(
        SimulatedHost host, string path, string arguments, string signer, string[] libraries, string kind) =>
        new($@"{host.Profile}\AppData\Local\{path}", arguments, signer, libraries, kind);

    private static SimulatedProgram Service(string arguments, string[] libraries) =>
        new(ServiceHost, arguments, Publisher, libraries, "service");

    private static SimulatedProgram Short32(string name) =>
        new($@"C:\Windows\System32\{name}", string.Empty, Publisher, Usual, "short-lived");
}

using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>The benign macOS programs of the fleet, with the team ids that their makers sign with.</summary>
/// <remarks>Team ids as they stand in every copy of these programs; collected by Chainguard's osquery-defense-kit.</remarks>
internal static class SimulatedMac
{
    /// <summary>What Apple's own programs are signed by.</summary>
    public const string Apple = "Apple";

    public static readonly SimulatedProgram Safari = App(
        "/Applications/Safari.app/Contents/MacOS/Safari", "com.apple.Safari", Apple, "browser");

    public static readonly SimulatedProgram WebKit = App(
        "/System/Library/Frameworks/WebKit.framework/Versions/A/XPCServices/com.apple.WebKit.Networking.xpc/Contents/MacOS/"
            + "com.apple.WebKit.Networking",
        "com.apple.WebKit.Networking", Apple, "browser");

    public static readonly SimulatedProgram Chrome = App(
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "com.google.Chrome", "EQHXZ8M8AV",
            "browser") with
    { UsesNetworkFramework = false };

    public static readonly SimulatedProgram Slack = App(
        "/Applications/Slack.app/Contents/MacOS/Slack", "com.tinyspeck.slackmacgap", "BQR82RBBHL",
            "messenger") with
    { UsesNetworkFramework = false };

    public static readonly SimulatedProgram Zoom = App(
        "/Applications/zoom.us.app/Contents/MacOS/zoom.us", "us.zoom.xos", "BJ4HAAB9B3",
            "conference") with
    { UsesNetworkFramework = false };

    public static readonly SimulatedProgram Music = App(
        "/Applications/Spotify.app/Contents/MacOS/Spotify", "com.spotify.client", "2FNC3A47ZF",
            "music") with
    { UsesNetworkFramework = false };

    public static readonly SimulatedProgram Code = App(
        "/Applications/Visual Studio Code.app/Contents/MacOS/Electron", "com.microsoft.VSCode", "UBF8T346G9",
            "editor") with
    { UsesNetworkFramework = false };

    public static readonly SimulatedProgram Docker = App(
        "/Applications/Docker.app/Contents/MacOS/com.docker.backend", "com.docker.docker", "9BNSXJN65R",
            "container") with
    { UsesNetworkFramework = false };

    public static readonly SimulatedProgram Tailscale = App(
        "/Applications/Tailscale.app/Contents/MacOS/Tailscale", "io.tailscale.ipn.macos", "W5364U7YZB",
            "vpn") with
    { UsesNetworkFramework = false };

    public static readonly SimulatedProgram Push = System(
        "/System/Library/PrivateFrameworks/ApplePushService.framework/apsd", "com.apple.apsd");

    public static readonly SimulatedProgram Trust = System("/usr/libexec/trustd", "com.apple.trustd");

    public static readonly SimulatedProgram Cloud = System(
        "/System/Library/PrivateFrameworks/CloudKitDaemon.framework/Support/cloudd", "com.apple.cloudd");

    public static readonly SimulatedProgram Sessions = System("/usr/libexec/nsurlsessiond", "com.apple.nsurlsessiond");

    public static readonly SimulatedProgram Update = System(
        "/System/Library/CoreServices/Software Update.app/Contents/Resources/softwareupdated", "com.apple.softwareupdated");

    public static readonly SimulatedProgram Resolver = System(
        "/usr/sbin/mDNSResponder", "com.apple.mDNSResponder") with
    { UsesNetworkFramework = false };

    public static readonly SimulatedProgram Time = System("/usr/libexec/timed", "com.apple.timed") with { UsesNetworkFramework = false };

    public static readonly SimulatedProgram TimeMachine = System(
        "/System/Library/CoreServices/backupd.bundle/Contents/Resources/backupd",
            "com.apple.backupd") with
    { UsesNetworkFramework = false, Kind = "backup" };

    public static readonly SimulatedProgram Shell = System("/bin/zsh", "com.apple.zsh") with { Arguments = "-l", Kind = "shell" };

    public static readonly SimulatedProgram Ssh = System(
        "/usr/bin/ssh", "com.apple.openssh") with
    { UsesNetworkFramework = false, Kind = "ssh" };

    /// <summary>Homebrew's own curl and git: signed ad hoc by the builder, as everything there is.</summary>
    public static readonly SimulatedProgram BrewCurl = Brew(
        "curl/8.12.1/bin/curl", "--location --remote-time --output bottle.tar.gz", ["/opt/homebrew/lib/libcrypto.3.dylib"]);

    public static readonly SimulatedProgram BrewGit = Brew("git/2.48.1/libexec/git-core/git-remote-https", "origin", []);

    /// <summary>A file synchroniser that Homebrew built: ad hoc, an odd port, and TLS.</summary>
    public static readonly SimulatedProgram Syncthing = Brew(
        "syncthing/1.29.2/bin/syncthing", "--no-browser", []) with
    { Kind = "file-sync" };

    public static readonly SimulatedProgram Ruby = System(
        "/System/Library/Frameworks/Ruby.framework/Versions/2.6/usr/bin/ruby", "com.apple.ruby") with
    {
        Arguments = "/opt/homebrew/Library/Homebrew/brew.rb update",
        Kind = "package-manager",
    };

    /// <summary>Short programs that do not connect.</summary>
    public static readonly SimulatedProgram[] Short =
    [
        System("/usr/libexec/xpcproxy", "com.apple.xpcproxy"), System("/usr/bin/mdfind", "com.apple.mdfind"),
        System("/bin/ls", "com.apple.ls"),
        System("/usr/bin/sw_vers", "com.apple.sw_vers"),
        System("/System/Library/Frameworks/CoreServices.framework/Versions/A/mdworker_shared", "com.apple.mdworker_shared"),
        System("/usr/bin/defaults", "com.apple.defaults"), System("/usr/bin/git", "com.apple.git"),
    ];

    private static SimulatedProgram App(string image, string signingId, string team, string kind) =>
        new(image, string.Empty, team, [], kind) { SigningId = signingId };

    private static SimulatedProgram System(string image, string signingId) => App(image, signingId, Apple, "service");

    private static SimulatedProgram Brew(string path, string arguments, string[] libraries) =>
        new($"/opt/homebrew/Cellar/{path}", arguments, null, libraries, "package-manager")
        {
            SigningId = path[(path.LastIndexOf('/') + 1)..] + "-55554944",
            UsesNetworkFramework = false,
        };
}

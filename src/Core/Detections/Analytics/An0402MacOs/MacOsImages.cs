using System.Buffers;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0402MacOs;

/// <summary>What the path of a macOS executable says of it.</summary>
/// <remarks>Sources: the path lists of Elastic's detection rules and of Chainguard's osquery-defense-kit (facts, not text).</remarks>
internal static class MacOsImages
{
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    /// <summary>Where a program that is installed does not lie.</summary>
    private static readonly Glob[] Dropped =
    [
        new("/tmp/*"), new("/private/tmp/*"), new("/var/tmp/*"), new("/private/var/tmp/*"), new("/Users/Shared/*"), new("/var/folders/*"),
        new("/private/var/folders/*"), new("/Users/*/Library/.*"), new("/Library/.*"), new("/Users/*/Library/LaunchAgents/*"),
        new("/Volumes/*/.*"),
    ];

    private static readonly Glob[] Unpacked = [new("*/go-build*"), new("*/T/cargo-install*"), new("*/com.apple.*/*")];

    private static readonly Glob[] OfUsers = [.. Dropped, new("/Users/*"), new("/Volumes/*"), new("/opt/homebrew/*"), new("/usr/local/*")];

    /// <summary>Where programs that were built on the host lie: the linker signs them ad hoc, and nobody else.</summary>
    private static readonly Glob[] BuiltHere =
    [
        new("/opt/homebrew/*"), new("/usr/local/Cellar/*"), new("/usr/local/bin/*"), new("/nix/store/*"), new("*/go-build*"),
        new("/Users/*/go/*"), new("/Users/*/.cargo/*"), new("*/target/debug/*"), new("*/target/release/*"), new("/opt/local/*"),
    ];

    private static readonly HashSet<string> Interpreters = new(StringComparer.OrdinalIgnoreCase)
    {
        "python", "perl", "ruby", "node", "php", "osascript", "tclsh", "lua", "jxa",
    };

    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal)
    {
        "sh", "bash", "zsh", "dash", "ksh", "tcsh", "csh", "fish",
    };

    /// <summary>Whether it lies where any user may write.</summary>
    public static bool IsOfUsers(string image) => Fits(OfUsers, image);

    /// <summary>Whether it lies where nothing is installed.</summary>
    public static bool IsDropped(string image) => Fits(Dropped, image) && !Fits(Unpacked, image);

    /// <summary>Whether it was built on the host, so that an ad-hoc signature is the ordinary one.</summary>
    public static bool IsBuiltHere(string image) => Fits(BuiltHere, image);

    /// <summary>Whether it is a shell.</summary>
    public static bool IsShell(string image) => Shells.Contains(FilePaths.Name(image));

    /// <summary>Whether it runs what its script says.</summary>
    public static bool IsInterpreter(string image)
    {
        string name = FilePaths.Name(image);
        int end = name.AsSpan().LastIndexOfAnyExcept(VersionCharacters) + 1;
        return Interpreters.Contains(name[..end]);
    }

    /// <summary>Whether it is launchd, which starts jobs.</summary>
    public static bool IsLaunchd(string? parent) => parent is "/sbin/launchd" or "launchd";

    private static bool Fits(Glob[] globs, string image) => Array.Exists(globs, glob => glob.Matches(image));
}

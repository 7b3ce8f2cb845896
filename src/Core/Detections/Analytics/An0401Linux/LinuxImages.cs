using System.Buffers;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0401Linux;

/// <summary>What the path of a Linux executable says of it.</summary>
/// <remarks>
/// Sources: the path lists of Elastic's detection rules and of Chainguard's osquery-defense-kit (facts, not text), and the Filesystem
/// Hierarchy Standard.
/// </remarks>
internal static class LinuxImages
{
    private const string Deleted = " (deleted)";
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    /// <summary>Where a program that is installed does not lie.</summary>
    private static readonly Glob[] Dropped =
    [
        new("/tmp/*"), new("/var/tmp/*"), new("/dev/shm/*"), new("/var/log/*"), new("/var/spool/*"), new("/var/www/*"), new("/srv/www/*"),
        new("/etc/cron*"), new("./*"), new("/proc/*"),
    ];

    /// <summary>Of these, where programs are unpacked to be run: images of applications, builds, containers, test runners.</summary>
    private static readonly Glob[] Unpacked =
    [
        new("/tmp/.mount*"), new("/tmp/go-build*"), new("/tmp/snap.rootfs*"), new("/tmp/newroot*"), new("/tmp/selenium*"),
        new("/tmp/.criu.mntns*"),
    ];

    /// <summary>Hidden folders of a home in which tools that users install keep their programs.</summary>
    private static readonly HashSet<string> ToolFolders = new(StringComparer.Ordinal)
    {
        ".local", ".cargo", ".rustup", ".nvm", ".vscode", ".vscode-server", ".cursor", ".cursor-server", ".var", ".steam", ".pyenv",
        ".rbenv", ".sdkman", ".dotnet", ".jdks", ".asdf", ".linuxbrew", ".bun", ".deno", ".npm", ".conda", ".terraform.d", ".krew",
        ".ansible", ".venv", ".virtualenvs", ".mozilla", ".wine", ".gradle", ".m2", ".minikube", ".docker", ".nix-profile",
    };

    private static readonly Glob[] OfUsers =
        [.. Dropped, new("/home/*"), new("/root/*"), new("/run/user/*"), new("/mnt/*"), new("/media/*")];

    private static readonly Glob[] Installed =
    [
        new("/usr/*"), new("/bin/*"), new("/sbin/*"), new("/lib/*"), new("/lib64/*"), new("/opt/*"), new("/snap/*"), new("/nix/store/*"),
        new("/gnu/store/*"), new("/var/lib/snapd/*"), new("/run/current-system/*"), new("/rom/*"),
    ];

    private static readonly string[] KernelThreads = ["kworker", "ksoftirqd", "kthreadd", "kswapd", "migration/"];

    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal)
    {
        "sh", "bash", "dash", "zsh", "ksh", "mksh", "fish", "ash", "csh", "tcsh", "busybox",
    };

    private static readonly HashSet<string> Interpreters = new(StringComparer.Ordinal)
    {
        "python", "pypy", "perl", "ruby", "php", "node", "nodejs", "lua", "luajit", "tclsh", "expect", "pwsh", "deno", "bun",
    };

    private static readonly HashSet<string> Relays = new(StringComparer.Ordinal)
    {
        "nc", "ncat", "netcat", "nc.openbsd", "nc.traditional", "socat", "telnet", "openssl", "awk", "gawk", "mawk",
        "ss-local", "ss-redir", "ss-tunnel", "sslocal", "v2ray", "xray", "chisel", "frpc", "gost",
    };

    private static readonly HashSet<string> Daemons = new(StringComparer.Ordinal)
    {
        "sshd", "systemd", "systemd-udevd", "systemd-resolved", "systemd-journald", "systemd-logind", "cron", "crond", "atd", "rsyslogd",
        "syslogd", "auditd", "dbus-daemon", "udevd", "init", "acpid", "irqbalance", "chronyd", "ntpd", "polkitd", "postfix", "master",
        "hald", "hald-runner", "agetty", "getty", "dhclient", "networkmanager", "kdmtmpflush",
    };

    /// <summary>Whether it lies where any user may write.</summary>
    public static bool IsOfUsers(string image) => IsInMemory(image) || Fits(OfUsers, image);

    /// <summary>Whether it lies where nothing is installed, and where what users install does not lie either.</summary>
    public static bool IsDropped(string image) => (Fits(Dropped, image) && !Fits(Unpacked, image))
        || (HiddenFolder(image) is { } hidden && !ToolFolders.Contains(hidden));

    /// <summary>
    /// Whether the executable is nowhere on disk: made in memory, or deleted where nothing is installed. A deleted one elsewhere was
    /// replaced by a package's update.
    /// </summary>
    public static bool IsInMemory(string image) => image.Contains("memfd:", StringComparison.Ordinal)
        || (image.EndsWith(Deleted, StringComparison.Ordinal) && IsDropped(image));

    /// <summary>Whether it is a shell, which opens no connection in the ordinary way.</summary>
    public static bool IsShell(string image) => Shells.Contains(FilePaths.Name(image));

    /// <summary>Whether it runs what its script says, so that its path tells nothing.</summary>
    public static bool IsInterpreter(string image) => Interpreters.Contains(Unversioned(image));

    /// <summary>Whether it hands on what others send through it.</summary>
    public static bool IsRelay(string image) => Relays.Contains(FilePaths.Name(image));

    /// <summary>Whether a package could own it, and it does what its path says: those alone are trusted with a library.</summary>
    public static bool MayBeTrusted(string image) => image.StartsWith('/') && !IsOfUsers(image) && !IsShell(image)
        && !IsInterpreter(image) && !IsRelay(image) && Unversioned(image) != "java";

    /// <summary>What it pretends to be, for a person; null where it pretends nothing.</summary>
    /// <param name="image">Path of the executable.</param>
    /// <param name="commandLine">Command line, where known: a program sets it as it likes.</param>
    public static string? Disguise(string image, string? commandLine)
    {
        string name = FilePaths.Name(image).ToLowerInvariant();
        return commandLine is ['[', ..] && commandLine.Contains(']', StringComparison.Ordinal)
            ? $"{image} calls itself {commandLine}, as threads of the kernel are shown"
            : Array.Exists(KernelThreads, thread => name.StartsWith(thread, StringComparison.Ordinal))
                ? $"{image} is named as a thread of the kernel, which has no executable"
            : Daemons.Contains(name) && image.StartsWith('/') && !Fits(Installed, image)
                ? $"{image} has a daemon's name, outside the system's folders"
            : null;
    }

    /// <summary>The hidden folder, or hidden file, of a user's home that a path leads through; null where it leads through none.</summary>
    private static string? HiddenFolder(string path)
    {
        string[] parts = path.Split('/');
        int home = parts is ["", "home", _, ..] ? 3 : parts is ["", "root", ..] ? 2 : parts.Length;
        return home < parts.Length && parts[home].StartsWith('.') ? parts[home] : null;
    }

    private static string Unversioned(string image) => FilePaths.Name(image).TrimEndVersion();

    /// <summary>A name without the version behind it: <c>python3.11</c> is python.</summary>
    private static string TrimEndVersion(this string name)
    {
        int end = name.AsSpan().LastIndexOfAnyExcept(VersionCharacters) + 1;
        return end > 0 ? name[..end] : name;
    }

    private static bool Fits(Glob[] globs, string image) => Array.Exists(globs, glob => glob.Matches(image));
}

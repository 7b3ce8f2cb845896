using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0400Windows;

/// <summary>TLS that a program brings with it, and what may be said where libraries were not recorded.</summary>
internal static class WindowsTls
{
    /// <summary>
    /// Runtimes that carry TLS inside the executable, with a part of their publishers' names. Sources: the signatures of the releases.
    /// </summary>
    private static readonly (string Name, string Signer)[] Inside =
    [
        ("node.exe", "OpenJS"), ("node.exe", "Node.js"), ("deno.exe", "Deno"), ("bun.exe", "Oven"), ("code.exe", "Microsoft"),
        ("electron.exe", "GitHub"), ("java.exe", "Oracle"), ("java.exe", "Eclipse"), ("java.exe", "Microsoft"), ("java.exe", "Amazon"),
        ("java.exe", "JetBrains"), ("java.exe", "Azul"),
    ];

    /// <summary>Runtimes of developers, which run what anybody writes, and bring TLS as libraries beside them.</summary>
    private static readonly HashSet<string> Runtimes = new(StringComparer.OrdinalIgnoreCase)
    {
        "python.exe", "pythonw.exe", "python3.exe", "ruby.exe", "perl.exe", "php.exe", "node.exe", "java.exe", "javaw.exe", "bash.exe",
        "git.exe", "git-remote-https.exe", "ssh.exe", "curl.exe", "code.exe", "deno.exe", "bun.exe",
    };

    /// <summary>Tools that developers install for themselves, where their own installers put them.</summary>
    private static readonly Glob[] UserTools = [new(@"?:\Users\*\.cargo\bin\*.exe"), new(@"?:\Users\*\.dotnet\tools\*.exe")];

    /// <summary>Ports of databases, which speak plainly first and then TLS: SQL Server, Oracle, MySQL, PostgreSQL, Redis, Cassandra,
    /// MongoDB.</summary>
    private static readonly HashSet<ushort> DatabasePorts = [1433, 1521, 3306, 5432, 6379, 9042, 27017];

    /// <summary>Whether a library is TLS that programs bring with them, by its lower-case file name.</summary>
    public static bool IsOwn(string name) =>
        DefaultModules.OwnTlsOfWindows.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether the program carries TLS inside: no library shows it.</summary>
    public static bool IsInside(ProcessDay day) => day.IsSigned == true && day.Facts.Signer is { } signer
        && Array.Exists(Inside, runtime => FilePaths.Name(day.Image).Equals(runtime.Name, StringComparison.OrdinalIgnoreCase)
            && signer.Contains(runtime.Signer, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds that a developer's runtime or tool exchanges keys by itself where that is expected; whether it does.</summary>
    public static bool AddOwn(ProcessDay day, IReadOnlyList<DestinationDay> suspects)
    {
        string name = FilePaths.Name(day.Image);
        if (suspects.Count == 0)
        {
            return false;
        }

        // SSH exchanges keys inside the program: no library shows it.
        bool isSsh = name.Equals("ssh.exe", StringComparison.OrdinalIgnoreCase)
            && (WindowsPrograms.IsInstalled(day.Image) || WindowsPrograms.IsOfWindows(day.Image))
            && suspects.All(destination => Expects(day, destination, "ssh"));
        if (isSsh)
        {
            day.Evidence.Add(EvidenceKind.OwnTls, $"{name} calls ports of SSH, which exchanges keys: low, until payload says otherwise");
            return true;
        }

        bool isDevelopers = Runtimes.Contains(name) || Array.Exists(UserTools, glob => glob.Matches(day.Image));
        string? library = day.Facts.Modules.Select(module => module.Name)
            .FirstOrDefault(module => IsOwn(module) || DefaultModules.TlsProviders.Contains(module));
        bool inside = IsInside(day);
        if ((!inside && (library is null || !isDevelopers)) || !suspects.All(destination => IsTlsOrDatabase(day, destination)))
        {
            return false;
        }

        string where = library ?? $"inside, signed by {day.Facts.Signer}";
        day.Evidence.Add(
            EvidenceKind.OwnTls,
            $"{name} has TLS ({where}) and calls ports of TLS, or of databases inside: low, until payload says otherwise");
        return true;
    }

    /// <summary>
    /// Adds that a script host's libraries are not on record, or not from its start, and it calls usual ports; whether so.
    /// </summary>
    public static bool AddUnrecorded(ProcessDay day, IReadOnlyList<DestinationDay> suspects)
    {
        if (suspects.Count == 0 || day.IsSigned is not null || WindowsPrograms.Unexpected(day.Image) is null)
        {
            return false;
        }

        // Either libraries are not recorded on the host, or the recording began late and the program calls no place over and over.
        bool never = day.Facts.Starts.First is not null && !day.IsRecorded
            && suspects.All(destination => destination.AllPorts((port, protocol) => day.Settings.Profile(port, protocol) is not null));
        bool late = day.Facts.Starts.First is null && day.IsRecorded && !day.Evidence.Names(EvidenceKind.FewDestinations)
            && suspects.All(destination => Expects(day, destination, "tls", "quic"));
        if (!never && !late)
        {
            return false;
        }

        string name = FilePaths.Name(day.Image);
        day.Evidence.Add(
            EvidenceKind.LibrariesUnrecorded,
            never
                ? $"{name} was seen from its start, and no library event (Sysmon 7) of it: what it loads, and so the technique, "
                    + "cannot be told"
                : $"The recording began after {name} did: whether it had loaded TLS, and so the technique, cannot be told");
        return true;
    }

    private static bool IsTlsOrDatabase(ProcessDay day, DestinationDay destination) =>
        Expects(day, destination, "tls", "quic") || (destination.Ip.IsPrivate && DatabasePorts.Contains(destination.Port));

    /// <summary>Whether the ports are those of an encryption; what a proxy hides is given the benefit of the doubt.</summary>
    private static bool Expects(ProcessDay day, DestinationDay destination, params string[] words) =>
        destination.AllPorts((port, protocol) =>
            day.Settings.Profile(port, protocol) is { } profile && words.Any(profile.Expected.Contains));
}

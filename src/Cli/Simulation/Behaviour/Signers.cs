using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>Who vouches for libraries, and what starts programs where nothing else does.</summary>
internal static class Signers
{
    private const string Windows = "Microsoft Windows";

    /// <summary>The signer of a library: Microsoft of what lies in Windows' own folders.</summary>
    public static string? OfLibrary(string path) => path.StartsWith(@"C:\Windows\", StringComparison.Ordinal) ? Windows : null;

    /// <summary>What a program is started by that a person starts.</summary>
    public static string UsualParent(HostPlatform platform) => platform switch
    {
        HostPlatform.Windows => @"C:\Windows\explorer.exe",
        HostPlatform.MacOs => "/sbin/launchd",
        _ => "/usr/lib/systemd/systemd",
    };
}

using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Asks the settings about what was observed.</summary>
public static class SettingsMatching
{
    /// <summary>Weight of a library as symmetric cryptography, percent; 0 where it is none.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="platform">The platform it was mapped on.</param>
    /// <param name="fileName">Its file name.</param>
    public static int CryptoWeight(this DetectionSettings settings, TelemetryPlatform platform, string fileName)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(fileName);
        string bare = fileName.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? fileName[..^4] : fileName;
        if (settings.CryptoModules.TryGetValue(platform, out ImmutableArray<CryptoModule> modules))
        {
            foreach (CryptoModule module in modules)
            {
                if (module.Name.Matches(fileName) || module.Name.Matches(bare))
                {
                    return module.Weight;
                }
            }
        }

        return 0;
    }

    /// <summary>
    /// The pattern that allows a process to use cryptography; null where none does. An image that any user may write to is not
    /// matched by its name alone: its signer must have been seen and fit.
    /// </summary>
    public static ProcessPattern? Allows(this DetectionSettings settings, ProcessFacts process, bool userWritable)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(process);
        bool unsigned = process.UnsignedLoads.First is not null;
        bool signed = process.SignedLoads.First is not null && !unsigned;
        foreach (ProcessPattern pattern in settings.AllowedCryptoProcesses)
        {
            if (!pattern.Image.Matches(process.Image) || (pattern.Host is { } host && !MatchesHost(host, process)))
            {
                continue;
            }

            // Where Windows' telemetry has no signature, the path of a folder that only administrators write to has to do.
            bool signer = pattern.Signer is not { } expected ? !userWritable
                : signed ? expected.Matches(process.Signer)
                : !unsigned && !userWritable && process.Platform == TelemetryPlatform.Windows;
            if (signer)
            {
                return pattern;
            }
        }

        return null;
    }

    /// <summary>The encryption expected on a port; null where the profiles do not list it.</summary>
    public static PortProfile? Profile(this DetectionSettings settings, ushort port, byte protocol)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (PortProfile profile in settings.PortProfiles)
        {
            if (profile.Covers(port, protocol))
            {
                return profile;
            }
        }

        return null;
    }

    /// <summary>Whether a destination fits one of the patterns, by address or name.</summary>
    public static bool Covers(this IEnumerable<DestinationPattern> patterns, IpAddress ip, string? name) =>
        patterns.Find(ip, name) is not null;

    /// <summary>The first of the patterns that a destination fits, by address or name; null where it fits none.</summary>
    public static DestinationPattern? Find(this IEnumerable<DestinationPattern> patterns, IpAddress ip, string? name)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        foreach (DestinationPattern pattern in patterns)
        {
            if (pattern.Name is { } glob ? glob.Matches(name) : ip.IsIn(pattern.Network, pattern.PrefixLength))
            {
                return pattern;
            }
        }

        return null;
    }

    /// <summary>The detection, marked where an analyst's verdict fits it and has not run out; of several, the first of the file.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="detection">The detection.</param>
    /// <param name="hosts">What its host is called: first label, full name, or address.</param>
    public static Detection Suppress(this DetectionSettings settings, Detection detection, params IReadOnlyList<string> hosts)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(detection);
        if (settings.Suppressions.IsEmpty)
        {
            return detection;
        }

        Suppression[] fitting = [.. settings.Suppressions.Where(suppression => suppression.Fits(detection, hosts))];
        settings.Use?.Suppressed(detection.DetectionId, fitting);
        return Array.Find(fitting, suppression => suppression.HoldsAt(detection.Time)) is { } holds
            ? detection with { Suppressed = holds.ToMark() }
            : detection;
    }

    private static bool MatchesHost(Glob host, ProcessFacts process) =>
        host.Matches(process.Key.Host.ToString()) || host.Matches(process.HostFqdn);
}

using System.Collections.Immutable;
using System.Text;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Pipeline;

/// <summary>
/// Says, before an observation is made, whether the load of a library is of use: it is symmetric cryptography by the settings, or
/// tells what its process is. Asked for every library load there is, so it works on bytes and allocates nothing.
/// </summary>
public sealed class ModuleFilter
{
    private const int MaxNameLength = 128;
    private readonly Dictionary<TelemetryPlatform, (FieldNames Exact, byte[][] Prefixes, Glob[] Others)> _platforms = [];

    /// <summary>A filter for the libraries that the settings list.</summary>
    public ModuleFilter(DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach ((TelemetryPlatform platform, ImmutableArray<CryptoModule> modules) in settings.CryptoModules)
        {
            string[] patterns = [.. modules.Where(module => module.Weight > 0).Select(module => module.Name.Pattern.ToLowerInvariant())];
            _platforms[platform] = (
                new([.. patterns.Where(IsExact).SelectMany(name => (string[])[name, name + ".dll"]).Distinct(StringComparer.Ordinal)]),
                [.. patterns.Where(IsPrefix).Select(pattern => Encoding.UTF8.GetBytes(pattern[..^1]))],
                [.. patterns.Where(pattern => !IsExact(pattern) && !IsPrefix(pattern)).Select(pattern => new Glob(pattern))]);
        }
    }

    /// <summary>Whether the load of a library is of use.</summary>
    /// <param name="path">Its path, UTF-8.</param>
    /// <param name="platform">Where it was mapped.</param>
    public bool Wants(ReadOnlySpan<byte> path, TelemetryPlatform platform)
    {
        ReadOnlySpan<byte> name = FilePaths.Name(path);
        if (name.Length is 0 or > MaxNameLength
            || !_platforms.TryGetValue(platform, out (FieldNames Exact, byte[][] Prefixes, Glob[] Others) filter))
        {
            return false;
        }

        Span<byte> lower = stackalloc byte[MaxNameLength];
        lower = Ascii.ToLower(name, lower, out int length) == System.Buffers.OperationStatus.Done ? lower[..length] : default;
        if (lower.IsEmpty)
        {
            return Other(filter.Others, name);
        }

        if (filter.Exact.Find(lower) >= 0 || DefaultModules.IsTelling(lower))
        {
            return true;
        }

        foreach (byte[] prefix in filter.Prefixes)
        {
            if (lower.StartsWith(prefix))
            {
                return true;
            }
        }

        return filter.Others.Length > 0 && Other(filter.Others, name);
    }

    /// <summary>Whether an observation is the load of a library that is of no use: it is left out before anything is delivered.</summary>
    public bool LeavesOut(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return observation is { Kind: ObservationKind.ModuleLoad, IsPartial: false, Module: { IsOwnImage: false } module }
            && !Wants(Encoding.UTF8.GetBytes(module.Path), observation.Platform);
    }

    private static bool Other(Glob[] globs, ReadOnlySpan<byte> name)
    {
        if (globs.Length == 0)
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(name);
        string bare = text.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? text[..^4] : text;
        return Array.Exists(globs, glob => glob.Matches(text) || glob.Matches(bare));
    }

    private static bool IsExact(string pattern) => !pattern.AsSpan().ContainsAny('*', '?');

    private static bool IsPrefix(string pattern) => pattern.EndsWith('*') && IsExact(pattern[..^1]) && pattern.Length > 1;
}

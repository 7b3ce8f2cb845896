using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Reads the elements of settings that are lists and maps; null, with the mistake noted, where one is mistaken.</summary>
internal static class SettingsItems
{
    private const int MaxWeight = 100;

    /// <summary>A name given twice takes its last value, as JSON readers do.</summary>
    public static ImmutableSortedDictionary<string, T> Dictionary<T>(ImmutableArray<(string Name, T Value)> entries)
    {
        ImmutableSortedDictionary<string, T>.Builder builder = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        foreach ((string name, T value) in entries)
        {
            builder[name] = value;
        }

        return builder.ToImmutable();
    }

    /// <summary>A process: an object, or its image alone.</summary>
    public static ProcessPattern? Process(SettingsValue value)
    {
        value.KnowsOnly(SettingsShapes.Process);
        return value.IsText ? value.Text() is { Length: > 0 } text ? new(new Glob(text), null, null) : value.Fail<ProcessPattern>("a path")
            : value.Required("image") is { } image ? new(new Glob(image), value.Optional("signer"), value.Optional("host")) : null;
    }

    /// <summary>A process and a library.</summary>
    public static TrustedLibrary? Library(SettingsValue value)
    {
        value.KnowsOnly(SettingsShapes.Library);
        return value.Required("process") is { } process && value.Required("library") is { } library
            ? new(new Glob(process), new Glob(library))
            : null;
    }

    /// <summary>Ports, named by the key, and what is expected on them.</summary>
    public static PortProfile? Ports(string key, SettingsValue value)
    {
        string[] parts = key.Split('/');
        string[] range = parts[0].Split('-');
        bool valid = parts.Length == 2 && range.Length <= 2;
        ushort first = 0, last = 0;
        valid = valid && ushort.TryParse(range[0], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && ushort.TryParse(range[^1], NumberStyles.None, CultureInfo.InvariantCulture, out last) && first <= last;
        byte? protocol = valid ? Protocols.Number(Encoding.UTF8.GetBytes(parts[1])) : null;
        ImmutableArray<string> expected = value.List(static item => item.Text() is { } word && SettingsShapes.Encryptions.Contains(word)
            ? word
            : item.Fail<string>($"one of {string.Join(", ", SettingsShapes.Encryptions)}"));
        return protocol is { } number ? new(first, last, number, expected)
            : value.Fail<PortProfile>("named by port and transport, such as \"443/tcp\" or \"6000-6010/udp\"");
    }

    /// <summary>Libraries by platform; a platform that is not named keeps its own.</summary>
    public static ImmutableSortedDictionary<TelemetryPlatform, ImmutableArray<CryptoModule>> Modules(
        SettingsValue value, ImmutableSortedDictionary<TelemetryPlatform, ImmutableArray<CryptoModule>> defaults)
    {
        foreach ((TelemetryPlatform platform, ImmutableArray<CryptoModule> modules) in value.Map(PlatformModules))
        {
            defaults = defaults.SetItem(platform, modules);
        }

        return defaults;
    }

    private static (TelemetryPlatform, ImmutableArray<CryptoModule>)? PlatformModules(string key, SettingsValue value)
    {
        foreach (TelemetryPlatform platform in (ReadOnlySpan<TelemetryPlatform>)
            [TelemetryPlatform.Windows, TelemetryPlatform.Linux, TelemetryPlatform.MacOs, TelemetryPlatform.Esxi])
        {
            if (platform.Word().Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return (platform, value.List(Module));
            }
        }

        value.Unknown(key, "platform", SettingsShapes.Platforms);
        return null;
    }

    private static CryptoModule? Module(SettingsValue value)
    {
        value.KnowsOnly(SettingsShapes.Module);
        return value.IsText ? value.Text() is { Length: > 0 } text ? new(new Glob(text.ToLowerInvariant()), MaxWeight)
            : value.Fail<CryptoModule>("the name of a library or routine")
            : value.Required("name") is { } name
                ? new(new Glob(name.ToLowerInvariant()), (int)(value.Member("weight")?.Whole(0, MaxWeight) ?? MaxWeight))
            : null;
    }

    /// <summary>Addresses of the host that the key names.</summary>
    public static (string Name, ImmutableArray<IpAddress> Value)? Addresses(string key, SettingsValue value) =>
        (key.ToLowerInvariant(), [.. value.List(static item => IpAddress.TryParse(item.Text(), out IpAddress address) ? (IpAddress?)address
            : item.Fail<IpAddress?>("an IP address")).Select(address => address!.Value)]);

    /// <summary>The weight of the kind of evidence that the key names.</summary>
    public static (string Name, int Value)? Weight(string key, SettingsValue value) =>
        Evidence(key, value) is { } kind && value.Whole(-MaxWeight, MaxWeight) is { } weight ? (kind, (int)weight) : null;

    /// <summary>The name of a kind of evidence.</summary>
    public static string? Evidence(string name, SettingsValue value)
    {
        IEnumerable<string> kinds = EvidenceKind.All.Select(kind => kind.Name);
        return kinds.Contains(name) ? name : value.Unknown(name, "kind of evidence", kinds);
    }
}

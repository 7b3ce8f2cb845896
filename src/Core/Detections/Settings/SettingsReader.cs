using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Reads a settings file: JSON with comments, every mistake named with its place and what would be right.</summary>
internal sealed class SettingsReader
{
    private const int LongestWindowDays = 30;
    private const int MaxWeight = 100;
    private static readonly string[] Names =
    [
        nameof(DetectionSettings.TimeWindow), nameof(DetectionSettings.AllowedCryptoProcesses), nameof(DetectionSettings.EntropyThreshold),
        nameof(DetectionSettings.PayloadEntropyThreshold), nameof(DetectionSettings.TrustedCryptoLibs),
        nameof(DetectionSettings.TrafficAsymmetryRatio), nameof(DetectionSettings.DoHResolvers), nameof(DetectionSettings.AllowedMgmtHosts),
        nameof(DetectionSettings.PortProfiles), nameof(DetectionSettings.TrafficVolumeThreshold), nameof(DetectionSettings.CryptoModules),
        nameof(DetectionSettings.HostAddresses), nameof(DetectionSettings.Suppressions), nameof(DetectionSettings.EvidenceWeights), "$schema",
    ];

    private readonly List<string> _errors = [];

    /// <summary>What is wrong with the file, in its order.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Reads the settings; what the file does not name keeps its default.</summary>
    public DetectionSettings Read(JsonElement root)
    {
        DetectionSettings settings = DetectionSettings.Default;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            SettingsValue value = new(property.Name, property.Value, _errors);
            settings = property.Name switch
            {
                nameof(DetectionSettings.TimeWindow) => settings with { TimeWindow = value.Duration(TimeSpan.FromDays(LongestWindowDays)) ?? settings.TimeWindow },
                nameof(DetectionSettings.EntropyThreshold) => settings with { EntropyThreshold = value.Number(0, 8) ?? settings.EntropyThreshold },
                nameof(DetectionSettings.PayloadEntropyThreshold) => settings with { PayloadEntropyThreshold = value.Number(0, 8) },
                nameof(DetectionSettings.TrafficAsymmetryRatio) => settings with { TrafficAsymmetryRatio = value.Number(0, 1e9) ?? settings.TrafficAsymmetryRatio },
                nameof(DetectionSettings.TrafficVolumeThreshold) => settings with { TrafficVolumeThreshold = value.Whole(0, long.MaxValue) ?? settings.TrafficVolumeThreshold },
                nameof(DetectionSettings.AllowedCryptoProcesses) => settings with { AllowedCryptoProcesses = value.List(Process) },
                nameof(DetectionSettings.TrustedCryptoLibs) => settings with { TrustedCryptoLibs = value.List(Library) },
                nameof(DetectionSettings.DoHResolvers) => settings with { DoHResolvers = value.List(Destination) },
                nameof(DetectionSettings.AllowedMgmtHosts) => settings with { AllowedMgmtHosts = value.List(Destination) },
                nameof(DetectionSettings.PortProfiles) => settings with { PortProfiles = value.Map(Ports) },
                nameof(DetectionSettings.CryptoModules) => settings with { CryptoModules = Modules(value, settings.CryptoModules) },
                nameof(DetectionSettings.HostAddresses) => settings with { HostAddresses = Dictionary(value.Map(Addresses)) },
                nameof(DetectionSettings.Suppressions) => settings with { Suppressions = value.List(SuppressionReader.Read) },
                nameof(DetectionSettings.EvidenceWeights) => settings with { EvidenceWeights = Dictionary(value.Map(Weight)) },
                "$schema" => settings,
                _ => Unknown(property.Name, settings),
            };
        }

        return settings;
    }

    private DetectionSettings Unknown(string name, DetectionSettings settings)
    {
        string? near = Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? Names.Where(known => known.Length > 3 && (known.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(known, StringComparison.OrdinalIgnoreCase))).FirstOrDefault();
        _errors.Add($"'{name}' is not a setting." + (near is null ? $" Known: {string.Join(", ", Names)}." : $" Did you mean '{near}'?"));
        return settings;
    }

    /// <summary>A name given twice takes its last value, as JSON readers do.</summary>
    private static ImmutableSortedDictionary<string, T> Dictionary<T>(ImmutableArray<(string Name, T Value)> entries)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        foreach ((string name, T value) in entries)
        {
            builder[name] = value;
        }

        return builder.ToImmutable();
    }

    private static ProcessPattern? Process(SettingsValue value) =>
        value.IsText ? new(new Glob(value.Text()!), null, null)
        : value.Required("image") is { } image ? new(new Glob(image), value.Optional("signer"), value.Optional("host")) : null;

    private static TrustedLibrary? Library(SettingsValue value) =>
        value.Required("process") is { } process && value.Required("library") is { } library ? new(new Glob(process), new Glob(library)) : null;

    private static DestinationPattern? Destination(SettingsValue value)
    {
        if (value.Text() is not { Length: > 0 } text)
        {
            return value.Fail<DestinationPattern>("a host name, an address or a CIDR");
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (IpAddress.TryParse(slash < 0 ? text : text[..slash], out IpAddress network))
        {
            int bits = network.IsV4 ? 32 : 128;
            return slash < 0 ? new(null, network, bits)
                : int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) && prefix <= bits
                    ? new(null, network, prefix)
                    : value.Fail<DestinationPattern>($"a CIDR with a prefix of 0 to {bits}");
        }

        return slash < 0 ? new(new Glob(text), default, 0) : value.Fail<DestinationPattern>("a host name, an address or a CIDR");
    }

    private static PortProfile? Ports(string key, SettingsValue value)
    {
        string[] parts = key.Split('/');
        string[] range = parts[0].Split('-');
        bool valid = parts.Length == 2 && range.Length <= 2;
        ushort first = 0, last = 0;
        valid = valid && ushort.TryParse(range[0], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && ushort.TryParse(range[^1], NumberStyles.None, CultureInfo.InvariantCulture, out last) && first <= last;
        byte? protocol = valid ? Protocols.Number(System.Text.Encoding.UTF8.GetBytes(parts[1])) : null;
        ImmutableArray<string> expected = value.List(static item => item.Text() is { } word && IsEncryption(word) ? word
            : item.Fail<string>("one of tls, quic, dtls, ssh, ipsec, wireguard, openvpn, none, any"));
        return protocol is { } number ? new(first, last, number, expected)
            : value.Fail<PortProfile>("named by port and transport, such as \"443/tcp\" or \"6000-6010/udp\"");
    }

    private static bool IsEncryption(string word) => word is "tls" or "quic" or "dtls" or "ssh" or "ipsec" or "wireguard" or "openvpn" or "none" or "any";

    private static ImmutableSortedDictionary<TelemetryPlatform, ImmutableArray<CryptoModule>> Modules(
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

        value.Fail<object>("named by platform: windows, linux, macos or esxi");
        return null;
    }

    private static CryptoModule? Module(SettingsValue value) =>
        value.IsText ? new(new Glob(value.Text()!.ToLowerInvariant()), MaxWeight)
        : value.Required("name") is { } name ? new(new Glob(name.ToLowerInvariant()), (int)(value.Member("weight")?.Whole(0, MaxWeight) ?? MaxWeight))
        : null;

    private static (string Name, ImmutableArray<IpAddress> Value)? Addresses(string key, SettingsValue value) =>
        (key.ToLowerInvariant(), [.. value.List(static item => IpAddress.TryParse(item.Text(), out IpAddress address) ? (IpAddress?)address
            : item.Fail<IpAddress?>("an IP address")).Select(address => address!.Value)]);

    private static (string Name, int Value)? Weight(string key, SettingsValue value) =>
        value.Whole(-MaxWeight, MaxWeight) is { } weight ? (key, (int)weight) : null;
}

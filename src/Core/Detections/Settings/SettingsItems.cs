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
    private static readonly string[] Encryptions = ["tls", "quic", "dtls", "ssh", "ipsec", "wireguard", "openvpn", "none", "any"];

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
    public static ProcessPattern? Process(SettingsValue value) =>
        value.IsText ? new(new Glob(value.Text()!), null, null)
        : value.Required("image") is { } image ? new(new Glob(image), value.Optional("signer"), value.Optional("host")) : null;

    /// <summary>A process and a library.</summary>
    public static TrustedLibrary? Library(SettingsValue value) =>
        value.Required("process") is { } process && value.Required("library") is { } library
            ? new(new Glob(process), new Glob(library))
            : null;

    /// <summary>A host name, an address or a network.</summary>
    public static DestinationPattern? Destination(SettingsValue value)
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
        ImmutableArray<string> expected = value.List(static item => item.Text() is { } word && Encryptions.Contains(word)
            ? word
            : item.Fail<string>($"one of {string.Join(", ", Encryptions)}"));
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

        value.Fail<object>("named by platform: windows, linux, macos or esxi");
        return null;
    }

    private static CryptoModule? Module(SettingsValue value) =>
        value.IsText ? new(new Glob(value.Text()!.ToLowerInvariant()), MaxWeight)
        : value.Required("name") is { } name
            ? new(new Glob(name.ToLowerInvariant()), (int)(value.Member("weight")?.Whole(0, MaxWeight) ?? MaxWeight))
        : null;

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

using System.Collections.Immutable;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>One setting by its name: whether two sets of settings agree on it, and how one takes it from the other.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Same">Whether both say the same.</param>
/// <param name="Take">The first with this setting of the second.</param>
public sealed record SettingRow(
    string Name, Func<DetectionSettings, DetectionSettings, bool> Same, Func<DetectionSettings, DetectionSettings, DetectionSettings> Take)
{
    /// <summary>Every setting of the file, in its order.</summary>
    public static IReadOnlyList<SettingRow> All { get; } =
    [
        new(nameof(DetectionSettings.TimeWindow), (a, b) => a.TimeWindow == b.TimeWindow, (a, b) => a with { TimeWindow = b.TimeWindow }),
        List(nameof(DetectionSettings.AllowedCryptoProcesses), s => s.AllowedCryptoProcesses, (a, b)
            => a with { AllowedCryptoProcesses = b }),
        new(
            nameof(DetectionSettings.EntropyThreshold),
            (a, b) => a.EntropyThreshold.Equals(b.EntropyThreshold),
            (a, b) => a with { EntropyThreshold = b.EntropyThreshold }),
        new(
            nameof(DetectionSettings.PayloadEntropyThreshold),
            (a, b) => a.PayloadEntropyThreshold.Equals(b.PayloadEntropyThreshold),
            (a, b) => a with { PayloadEntropyThreshold = b.PayloadEntropyThreshold }),
        List(nameof(DetectionSettings.TrustedCryptoLibs), s => s.TrustedCryptoLibs, (a, b) => a with { TrustedCryptoLibs = b }),
        new(
            nameof(DetectionSettings.TrafficAsymmetryRatio),
            (a, b) => a.TrafficAsymmetryRatio.Equals(b.TrafficAsymmetryRatio),
            (a, b) => a with { TrafficAsymmetryRatio = b.TrafficAsymmetryRatio }),
        List(nameof(DetectionSettings.DoHResolvers), s => s.DoHResolvers, (a, b) => a with { DoHResolvers = b }),
        List(nameof(DetectionSettings.AllowedMgmtHosts), s => s.AllowedMgmtHosts, (a, b) => a with { AllowedMgmtHosts = b }),
        List(nameof(DetectionSettings.Proxies), s => s.Proxies, (a, b) => a with { Proxies = b }),
        new(
            nameof(DetectionSettings.PortProfiles),
            (a, b) => a.PortProfiles.SequenceEqual(b.PortProfiles, PortProfileComparer.Instance),
            (a, b) => a with { PortProfiles = b.PortProfiles }),
        new(
            nameof(DetectionSettings.TrafficVolumeThreshold),
            (a, b) => a.TrafficVolumeThreshold == b.TrafficVolumeThreshold,
            (a, b) => a with { TrafficVolumeThreshold = b.TrafficVolumeThreshold }),
        Map(nameof(DetectionSettings.CryptoModules), s => s.CryptoModules, (a, b) => a with { CryptoModules = b }),
        Map(nameof(DetectionSettings.HostAddresses), s => s.HostAddresses, (a, b) => a with { HostAddresses = b }),
        List(nameof(DetectionSettings.Suppressions), s => s.Suppressions, (a, b) => a with { Suppressions = b }),
        new(
            nameof(DetectionSettings.EvidenceWeights),
            (a, b) => a.EvidenceWeights.SequenceEqual(b.EvidenceWeights),
            (a, b) => a with { EvidenceWeights = b.EvidenceWeights }),
    ];

    private static SettingRow List<T>(
        string name, Func<DetectionSettings, ImmutableArray<T>> of, Func<DetectionSettings, ImmutableArray<T>, DetectionSettings> with) =>
        new(name, (a, b) => of(a).SequenceEqual(of(b)), (a, b) => with(a, of(b)));

    private static SettingRow Map<TKey, T>(
        string name,
        Func<DetectionSettings, ImmutableSortedDictionary<TKey, ImmutableArray<T>>> of,
        Func<DetectionSettings, ImmutableSortedDictionary<TKey, ImmutableArray<T>>, DetectionSettings> with)
        where TKey : notnull =>
        new(
            name,
            (a, b) => of(a).Keys.SequenceEqual(of(b).Keys) && of(a).All(entry => entry.Value.SequenceEqual(of(b)[entry.Key])),
            (a, b) => with(a, of(b)));

    private sealed class PortProfileComparer : IEqualityComparer<PortProfile>
    {
        public static readonly PortProfileComparer Instance = new();

        public bool Equals(PortProfile? x, PortProfile? y) => x is not null && y is not null
            && (x.FirstPort, x.LastPort, x.Protocol) == (y.FirstPort, y.LastPort, y.Protocol) && x.Expected.SequenceEqual(y.Expected);

        public int GetHashCode(PortProfile obj) => (obj.FirstPort << 16) | obj.LastPort;
    }
}

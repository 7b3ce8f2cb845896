using System.Text.Json;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Reads a settings file: JSON with comments, every mistake named with its place and what would be right.</summary>
internal sealed class SettingsReader
{
    private const int MaxWindowDays = 30;
    private const double MaxScore = 8;
    private const double MaxRatio = 1e9;

    /// <summary>A setting is a row: its name, and how its value is read. What cannot be read keeps its default.</summary>
    private static readonly (string Name, Func<DetectionSettings, SettingsValue, DetectionSettings> Read)[] Rows =
    [
        (nameof(DetectionSettings.TimeWindow), static (settings, value) =>
            settings with { TimeWindow = value.Duration(TimeSpan.FromDays(MaxWindowDays)) ?? settings.TimeWindow }),
        (nameof(DetectionSettings.AllowedCryptoProcesses), static (settings, value) =>
            settings with { AllowedCryptoProcesses = value.List(SettingsItems.Process) }),
        (nameof(DetectionSettings.EntropyThreshold), static (settings, value) =>
            settings with { EntropyThreshold = value.Number(0, MaxScore) ?? settings.EntropyThreshold }),
        (nameof(DetectionSettings.PayloadEntropyThreshold), static (settings, value) =>
            settings with { PayloadEntropyThreshold = value.Number(0, MaxScore) }),
        (nameof(DetectionSettings.TrustedCryptoLibs), static (settings, value) =>
            settings with { TrustedCryptoLibs = value.List(SettingsItems.Library) }),
        (nameof(DetectionSettings.TrafficAsymmetryRatio), static (settings, value) =>
            settings with { TrafficAsymmetryRatio = value.Number(0, MaxRatio) ?? settings.TrafficAsymmetryRatio }),
        (nameof(DetectionSettings.DoHResolvers), static (settings, value) =>
            settings with { DoHResolvers = value.List(DestinationReader.Pattern) }),
        (nameof(DetectionSettings.AllowedMgmtHosts), static (settings, value) =>
            settings with { AllowedMgmtHosts = value.List(DestinationReader.Pattern) }),
        (nameof(DetectionSettings.Proxies), static (settings, value) =>
            settings with { Proxies = value.List(DestinationReader.Proxy) }),
        (nameof(DetectionSettings.PortProfiles), static (settings, value) =>
            settings with { PortProfiles = value.Map(SettingsItems.Ports) }),
        (nameof(DetectionSettings.TrafficVolumeThreshold), static (settings, value) =>
            settings with { TrafficVolumeThreshold = value.Whole(0, long.MaxValue) ?? settings.TrafficVolumeThreshold }),
        (nameof(DetectionSettings.CryptoModules), static (settings, value) =>
            settings with { CryptoModules = SettingsItems.Modules(value, settings.CryptoModules) }),
        (nameof(DetectionSettings.HostAddresses), static (settings, value) =>
            settings with { HostAddresses = SettingsItems.Dictionary(value.Map(SettingsItems.Addresses)) }),
        (nameof(DetectionSettings.Suppressions), static (settings, value) =>
            settings with { Suppressions = value.List(SuppressionReader.Read) }),
        (nameof(DetectionSettings.EvidenceWeights), static (settings, value) =>
            settings with { EvidenceWeights = SettingsItems.Dictionary(value.Map(SettingsItems.Weight)) }),
        ("$schema", static (settings, _) => settings),
    ];

    private readonly List<string> _errors = [];

    /// <summary>The names that the file may have at its top.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rows.Select(row => row.Name)];

    /// <summary>What is wrong with the file, in its order.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Reads the settings; what the file does not name keeps its default.</summary>
    public DetectionSettings Read(JsonElement root)
    {
        DetectionSettings settings = DetectionSettings.Default;
        foreach (JsonProperty property in new SettingsValue(string.Empty, root, _errors).Members())
        {
            int row = Array.FindIndex(Rows, known => known.Name == property.Name);
            if (row >= 0)
            {
                settings = Rows[row].Read(settings, new(property.Name, property.Value, _errors));
                continue;
            }

            _errors.Add($"'{property.Name}' is not a setting. {NearestName.Hint(property.Name, Names)}");
        }

        return settings;
    }
}

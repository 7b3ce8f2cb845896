using System.Collections.Immutable;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>The settings that judge: one file, the same in the local runner and in Azure.</summary>
/// <remarks>What each means, exactly, is in <c>docs/settings.md</c>; the schema is <c>docs/schemas/settings.schema.json</c>.</remarks>
public sealed record DetectionSettings
{
    /// <summary>The settings that ship.</summary>
    public static readonly DetectionSettings Default = new();

    /// <summary>A crypto load and a connection belong together when their times differ by at most this. Default 10 min.</summary>
    public TimeSpan TimeWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Processes whose crypto load and random payload weigh nothing.</summary>
    public ImmutableArray<ProcessPattern> AllowedCryptoProcesses { get; init; } = DefaultProcesses.Allowed;

    /// <summary>Score, 0–8, from which a sample is random-looking. Default 7.2, where 1 % of ciphertext is lost.</summary>
    public double EntropyThreshold { get; init; } = 7.2;

    /// <summary>The same for macOS; null follows <see cref="EntropyThreshold"/>.</summary>
    public double? PayloadEntropyThreshold { get; init; }

    /// <summary>Process and library pairs whose load weighs nothing.</summary>
    public ImmutableArray<TrustedLibrary> TrustedCryptoLibs { get; init; } = DefaultUnixPrograms.TrustedLibraries;

    /// <summary>Bytes out over bytes in from which traffic is lopsided. Default 3.</summary>
    public double TrafficAsymmetryRatio { get; init; } = 3;

    /// <summary>DNS-over-HTTPS resolvers: exempt on 443 and 853 with TLS or QUIC.</summary>
    public ImmutableArray<DestinationPattern> DoHResolvers { get; init; } = DefaultDestinations.PublicResolvers;

    /// <summary>Where an ESXi host's daemons may talk to.</summary>
    public ImmutableArray<DestinationPattern> AllowedMgmtHosts { get; init; } = [];

    /// <summary>HTTP proxies of the site, each with its port: what is behind one is told by name, or is not known.</summary>
    public ImmutableArray<DestinationScope> Proxies { get; init; } = [];

    /// <summary>Expected encryption by port.</summary>
    public ImmutableArray<PortProfile> PortProfiles { get; init; } = DefaultPorts.Profiles;

    /// <summary>Bytes both ways from which a recognised or profiled VPN is benign. Default 100 MB.</summary>
    public long TrafficVolumeThreshold { get; init; } = 100_000_000;

    /// <summary>Libraries and routines that count as symmetric cryptography, by platform.</summary>
    public ImmutableSortedDictionary<TelemetryPlatform, ImmutableArray<CryptoModule>> CryptoModules { get; init; } =
        DefaultModules.ByPlatform;

    /// <summary>Addresses of hosts, beside those in the records.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<IpAddress>> HostAddresses { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<IpAddress>>(StringComparer.Ordinal);

    /// <summary>Analysts' verdicts.</summary>
    public ImmutableArray<Suppression> Suppressions { get; init; } = [];

    /// <summary>Weights that differ from the shipped ones, by evidence kind; 0 switches a kind off.</summary>
    public ImmutableSortedDictionary<string, int> EvidenceWeights { get; init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>
    /// Whether everything is answered that was weighed, and not only what is published: for comparing settings and for measuring
    /// evidence. Not part of the file.
    /// </summary>
    internal bool ExplainsAll { get; init; }

    /// <summary>Notes what suppressions and exemptions hit; null where nobody asks. It decides nothing. Not part of the file.</summary>
    internal SettingsUse? Use { get; init; }

    /// <summary>Hash of the settings file that was read; <c>default</c> for the shipped ones.</summary>
    public string Version { get; init; } = "default";
}

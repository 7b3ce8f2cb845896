using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>Everything known of one process, as facts that merge: commutative, associative, idempotent.</summary>
/// <remarks>Judged by <see cref="Judgement"/>; holds no verdict, no settings and no arrival order.</remarks>
public sealed record ProcessFacts : IMergeable<ProcessFacts>
{
    /// <summary>Version of this shape.</summary>
    public const int CurrentSchema = 7;

    private const int ModuleCapacity = 16;
    internal const int MaxDestinations = 9;

    // Of a process that only its number names fewer, which makes room for its runs.
    private const int NumberModuleCapacity = 10;
    private const int InjectionCapacity = 2;
    /// <summary>Flows kept.</summary>
    public const int MaxFlows = 6;

    /// <summary>Names kept of its destinations.</summary>
    public const int MaxNames = 4;

    private const int TransferCapacity = 3;
    private const int ExchangeCapacity = 3;
    private const int SourceCapacity = 2;

    /// <summary>Version of the shape this state has.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Which process.</summary>
    public required ProcessKey Key { get; init; }

    /// <summary>The platform it runs on; null where all that is known of it came from the network or the journal.</summary>
    public TelemetryPlatform? Platform { get; init; }

    /// <summary>Lower-case full computer name.</summary>
    public string? HostFqdn { get; init; }

    /// <summary>Process number.</summary>
    public int? Pid { get; init; }

    /// <summary>The recorder's GUID.</summary>
    public string? Guid { get; init; }

    /// <summary>Full path of the executable.</summary>
    public string? Image { get; init; }

    /// <summary>Command line.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Full path of the parent's executable.</summary>
    public string? ParentImage { get; init; }

    /// <summary>Account.</summary>
    public string? User { get; init; }

    /// <summary>What the signature calls the executable. Of slices only: kept with <see cref="Runs"/>.</summary>
    public string? SigningId { get; init; }

    /// <summary>The job that started it. Of slices only: kept with <see cref="Runs"/>.</summary>
    public string? Job { get; init; }

    /// <summary>SHA-256 of the executable.</summary>
    public string? Hash { get; init; }

    /// <summary>Its start was recorded.</summary>
    public Sightings Starts { get; init; } = Sightings.None;

    /// <summary>Its end was recorded.</summary>
    public Sightings Ends { get; init; } = Sightings.None;

    /// <summary>
    /// Of a process that only its number names: the images that began under it, the latest first. <see cref="ProcessSlices"/> tells apart
    /// what each of them did.
    /// </summary>
    public ImmutableArray<ImageRun> Runs { get; init; } = [];

    /// <summary>When the latest began of the images for which there was no room; null where there was for all.</summary>
    public FactTime? ForgottenRun { get; init; }

    /// <summary>Of a process that only its number names: the image that was seen first and whose start no record tells of.</summary>
    public ImageRun? FirstSeen { get; init; }

    /// <summary>Loads of its own image with a valid signature.</summary>
    public Sightings SignedLoads { get; init; } = Sightings.None;

    /// <summary>Loads of its own image without one.</summary>
    public Sightings UnsignedLoads { get; init; } = Sightings.None;

    /// <summary>Who signed it.</summary>
    public string? Signer { get; init; }

    /// <summary>Libraries of use, by name.</summary>
    public ImmutableArray<ModuleFacts> Modules { get; init; } = [];

    /// <summary>Outbound connections, by day and destination.</summary>
    public ImmutableArray<DestinationFacts> Destinations { get; init; } = [];

    /// <summary>When its last outbound connections began, the latest first.</summary>
    public ImmutableArray<ConnectionStart> ConnectionStarts { get; init; } = [];

    /// <summary>Bytes that its host counts of its connections, the largest first.</summary>
    public ImmutableArray<TransferFact> Transfers { get; init; } = [];

    /// <summary>Threads started in it by others.</summary>
    public ImmutableArray<InjectionFacts> Injections { get; init; } = [];

    /// <summary>What the network saw of its connections.</summary>
    /// <remarks>
    /// By the rank of their channels, and fewer than a channel tells of: what a channel told before others took its room gives way here
    /// too.
    /// </remarks>
    public ImmutableArray<FlowSummary> Flows { get; init; } = [];

    /// <summary>What the journal says of key exchanges with its destinations, the latest days first.</summary>
    public ImmutableArray<ExchangeFacts> Exchanges { get; init; } = [];

    /// <summary>Names under which it calls its destinations, as the journal knows them, the latest days first.</summary>
    public ImmutableArray<NameFacts> Names { get; init; } = [];

    /// <summary>On how many hosts its program was seen with its destinations, as those of all hosts say, the latest days first.</summary>
    public ImmutableArray<PrevalenceFact> Prevalence { get; init; } = [];

    /// <summary>The addresses it connects from, in order: with a destination, the channel that the network knows.</summary>
    public ImmutableArray<IpAddress> Sources { get; init; } = [];

    /// <summary>Its host's clocks.</summary>
    public HostClock Clock { get; init; } = HostClock.Unknown;

    /// <summary>All that the network says of its connections, in order of day, the latest first, and key.</summary>
    public ImmutableArray<FlowSummary> NetworkFlows => Exchanges.Aggregate(
        Flows.Sort(static (a, b) => a.CompareKey(b)),
        static (flows, exchange) => BoundedMap.Merge(flows, [exchange.Oriented], int.MaxValue, static (a, b) => a.CompareKey(b)));

    /// <summary>Whether connections may have been crowded out: those of the earliest days go first.</summary>
    public bool ForgetsDays => Destinations.Length >= MaxDestinations;

    /// <summary>
    /// The first day of which all names are there: those of the earliest days go first, and of the last of them some may be gone. Null
    /// where none are.
    /// </summary>
    public int? FirstNamedDay => NumbersFirstNamedDay ?? (Names.Length < MaxNames ? null : Names[^1].Key.Day + 1);

    /// <summary>Of a slice, <see cref="FirstNamedDay"/> of the number that it is cut from: a slice has few names of many.</summary>
    internal int? NumbersFirstNamedDay { get; init; }

    private int MaxModules => Key.IsNumberOnly ? NumberModuleCapacity : ModuleCapacity;

    /// <inheritdoc/>
    public ProcessFacts Merge(ProcessFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (ImmutableArray<ImageRun> runs, FactTime? forgotten) =
            ImageRun.Merge(Runs, other.Runs, FactTime.Max(ForgottenRun, other.ForgottenRun));
        return new()
        {
            Key = Key,
            Platform = Register.Merge(Platform, other.Platform),
            HostFqdn = Register.Merge(HostFqdn, other.HostFqdn),
            Pid = Register.Merge(Pid, other.Pid),
            Guid = Register.Merge(Guid, other.Guid),
            Image = Register.Merge(Image, other.Image),
            CommandLine = Register.Merge(CommandLine, other.CommandLine),
            ParentImage = Register.Merge(ParentImage, other.ParentImage),
            User = Register.MergeAccount(User, other.User),
            SigningId = Register.Merge(SigningId, other.SigningId),
            Job = Register.Merge(Job, other.Job),
            Hash = Register.Merge(Hash, other.Hash),
            Starts = Starts.MergeFew(other.Starts),
            Ends = Ends.MergeFew(other.Ends),
            Runs = runs,
            ForgottenRun = forgotten,
            FirstSeen = ImageRun.Earliest(FirstSeen, other.FirstSeen),
            SignedLoads = SignedLoads.MergeFew(other.SignedLoads),
            UnsignedLoads = UnsignedLoads.MergeFew(other.UnsignedLoads),
            Signer = Register.Merge(Signer, other.Signer),
            Modules = BoundedMap.Merge(Modules, other.Modules, MaxModules, static (a, b) => string.CompareOrdinal(a.Name, b.Name)),
            Destinations = BoundedMap.Merge(Destinations, other.Destinations, MaxDestinations, static (a, b) => a.Key.CompareTo(b.Key)),
            ConnectionStarts = ConnectionStart.Merge(ConnectionStarts, other.ConnectionStarts),
            Transfers = BoundedMap.Merge(Transfers, other.Transfers, TransferCapacity, TransferFact.Order),
            Injections = BoundedMap.Merge(
                Injections, other.Injections, InjectionCapacity, static (a, b) => string.CompareOrdinal(a.Source, b.Source)),
            Flows = BoundedMap.Merge(Ranked(Flows), Ranked(other.Flows), MaxFlows, static (a, b) => a.CompareRank(b)),
            Exchanges = BoundedMap.Merge(Exchanges, other.Exchanges, ExchangeCapacity, static (a, b) => a.CompareKey(b)),
            Names = BoundedMap.Merge(Names, other.Names, MaxNames, static (a, b) => a.Key.CompareTo(b.Key)),
            Prevalence = PrevalenceFact.Merge(Prevalence, other.Prevalence),
            Sources = MergeSources(Sources, other.Sources),
            Clock = Clock.Merge(other.Clock),
        };
    }

    /// <summary>Flows by rank: former states have them by key.</summary>
    private static ImmutableArray<FlowSummary> Ranked(ImmutableArray<FlowSummary> flows)
    {
        for (int index = 1; index < flows.Length; index++)
        {
            if (flows[index - 1].CompareRank(flows[index]) > 0)
            {
                return flows.Sort(static (a, b) => a.CompareRank(b));
            }
        }

        return flows;
    }

    private static ImmutableArray<IpAddress> MergeSources(ImmutableArray<IpAddress> left, ImmutableArray<IpAddress> right) =>
        right.IsEmpty || left.AsSpan().SequenceEqual(right.AsSpan()) ? left
            : left.IsEmpty ? right
            : [.. left.Union(right).Order().Take(SourceCapacity)];
}

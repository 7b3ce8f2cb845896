using System.Globalization;
using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Tests.Pipeline.State;

/// <summary>No state outgrows its bound, whatever telemetry brings: everything here is brought in far greater number than is kept.</summary>
public class StateSizeTests
{
    private const int MaxStateBytes = 16 << 10;
    private const int Many = 100;
    private static readonly string Long = @"C:\" + new string('é', 5000);
    private static readonly string Dropped = "/private/tmp/" + new string('é', 5000);
    private uint _next;

    [Fact]
    public void A_full_process() => AssertFits(FactKinds.Process, round => Process(round) with
    {
        Flows = [.. Enumerable.Range(0, 4).Select(day => Told(Summary(round, day)).WithoutApplications()).OrderByDescending(flow => flow.Day)],
        Exchanges = [Exchange(round) is var exchange ? exchange with { Flow = exchange.Flow with { ServerName = null }, Span = Core.Correlation.Facts.Sightings.None } : null!],
        Names = [Name(round)],
        Sources = [Ip(round)],
        Clock = Clock(),
    }, outbox: 9);

    /// <summary>A process that only its number names has neither the names nor the injections of one that a GUID names, and runs instead.</summary>
    [Fact]
    public void A_full_number() => AssertFits(FactKinds.Process, round => Process(round) with
    {
        Key = ProcessKey.FromPid("workstation-0123", int.MaxValue, startUnixMs: null),
        Platform = TelemetryPlatform.MacOs,
        Modules = [.. Process(round).Modules.Select(module => module with { Name = string.Create(CultureInfo.InvariantCulture, $"libcrypto.{round:d3}.of-some-program.dylib"), Latest = [.. Enumerable.Range(0, 8).Select(_ => new FactTime(FactClock.RecordLocal, 1_700_000_000_000 + (long)(Hash() % 8_640_000_000))).OrderDescending()] })],
        Guid = null,
        Image = BoundedText.Ends(Dropped, BoundedText.ImagePath),
        CommandLine = null,
        ParentImage = null,
        Hash = null,
        Signer = null,
        User = BoundedText.Head(Long, BoundedText.ImageName),
        Starts = Core.Correlation.Facts.Sightings.None,
        SignedLoads = Core.Correlation.Facts.Sightings.None,
        UnsignedLoads = Core.Correlation.Facts.Sightings.None,
        Injections = [],
        Runs = [Run(round)],
        FirstSeen = Run(-round) with { CommandLine = BoundedText.Head(Long, BoundedText.ImageCommandLine), ParentImage = null, SigningId = null },
        Flows = [.. Enumerable.Range(0, 4).Select(day => Told(Summary(round, day)).WithoutApplications()).OrderByDescending(flow => flow.Day)],
        Exchanges = [Exchange(round) is var exchange ? exchange with { Flow = exchange.Flow with { ServerName = null }, Span = Core.Correlation.Facts.Sightings.None } : null!],
        Names = [Name(round)],
        Sources = [Ip(round)],
        Clock = Clock(),
    }, outbox: 5);

    [Fact]
    public void A_full_flow() => AssertFits(FactKinds.Flow, round => Summary(0, round % 8) is var day ? new()
    {
        Id = FlowId.Of(day.Key),
        Key = day.Key,
        Days = [day],
        Owners = [new(ProcessKey.FromGuid("host" + round + new string('x', 200), "11111111-0000-0000-0000-000000000001"), Sightings(30))],
    } : null!);

    [Fact]
    public void A_full_channel()
    {
        ChannelKey key = ChannelKey.Of(Summary(0, 0));
        AssertFits(FactKinds.Channel, round => Summary(round, round % 3) with { Day = 20_000 + round } is var flow ? new()
        {
            Key = key,
            Random = [Told(flow).WithoutApplications()],
            Weak = [Told(Summary(round, round % 3) with { Day = 20_000 + round }).WithoutApplications()],
            Records = [flow with { Payloads = [] }],
            Starts = [.. Enumerable.Range(0, 30).Select(at => new FlowStart(1_772_000_000_000 + (round * 100_000_000L) - (at * 3_000_000L), (ushort)(40_000 + at), 5_000_000_000, 5_000_000_000))],
            Exchanges = [Exchange(round)],
            Claims = [new(20_000 + round, flow.Key, ProcessKey.FromGuid("workstation-0123", $"11111111-0000-0000-0000-{round:d12}"))],
            Marks = [new(key, new((UInt128)round << 64), new((UInt128)round), 1, true)],
        } : null!, outbox: 9);
    }

    [Fact]
    public void A_full_clock() => AssertFits(FactKinds.Clock, _ => new("workstation-0123", Clock()));

    [Fact]
    public void A_host_that_scans() => AssertFits(FactKinds.Attempts, round => new()
    {
        SourceIp = Ip(1),
        Attempts = [.. Enumerable.Range(0, 100).Select(_ => new Attempt(20_000, Hash(), Ip((int)(Hash() % 60_000)), (ushort)Hash(), 6, 1_728_000_000_000 + (long)(Hash() % 86_400_000)))
            .Order(Comparer<Attempt>.Create(static (left, right) => left.CompareRank(right)))],
    });

    private ExchangeFacts Exchange(int round) => ExchangeFacts.Of(
        new(Ip(round), Ip(600), 443, 6), Told(Summary(round, 0)) with { Day = 20_000 + round, Payloads = [], Handshake = Handshake.Established });

    private static void AssertFits<TKey, TFacts>(FactKind<TKey, TFacts> kind, Func<int, TFacts> facts, int outbox = 0)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts>
    {
        EntityState<TFacts>? state = null;
        for (int round = 0; round < Many; round++)
        {
            TFacts one = Twice(facts(round));
            (state, _) = EntityUpdate.Apply(kind, state, new(kind, one, IsInformed: true), DetectionSettings.Default);
        }

        Assert.True(state!.Outbox.Count >= outbox, $"only {state.Outbox.Count} days");
        AssertFits(state);
    }

    private static ProcessKey Key => ProcessKey.FromGuid("workstation-0123", "11111111-0000-0000-0000-000000000001");

    private static void AssertFits<T>(T state)
    {
        int bytes = FactsJson.SerializeToUtf8(state).Length;
        TestContext.Current.TestOutputHelper!.WriteLine($"{typeof(T).Name}: {bytes} bytes");

        // A state that is nearly empty would show nothing.
        Assert.InRange(bytes, MaxStateBytes / 16, MaxStateBytes);
    }

    private ProcessFacts Process(int round) => new()
    {
        Key = Key,
        Platform = TelemetryPlatform.Windows,
        HostFqdn = "workstation-0123.corp.example.org",
        Pid = round,
        Guid = "11111111-0000-0000-0000-000000000001",
        Image = BoundedText.Head(Long, BoundedText.Path),
        CommandLine = BoundedText.Head(Long, BoundedText.CommandLine),
        ParentImage = BoundedText.Head(Long, BoundedText.Path),
        User = BoundedText.Head(Long, BoundedText.Name),
        Hash = new string('a', 64),
        Signer = BoundedText.Head(Long, BoundedText.Name),
        Starts = Sightings(30, 19_999),
        Ends = Sightings(30, 20_000 + (3 * Many)),
        SignedLoads = Sightings(30),
        UnsignedLoads = Sightings(30),
        Modules = [new() { Name = string.Create(CultureInfo.InvariantCulture, $"libcrypto-{round:d3}-of-some-program.dll"), Path = BoundedText.Head(Long, BoundedText.ListedPath), Loads = Sightings(30) }],
        Destinations = [.. Enumerable.Range(0, 3).Select(day => new DestinationFacts
        {
            Key = new(20_000 + (round * 3) + day, Ip(round), (ushort)(40_000 + round), 17),
            Name = BoundedText.Tail(Long, BoundedText.HostName),
            Handshake = Handshake.Established,
            Connections = Sightings(30, 20_000 + (round * 3) + day),
        })],
        ConnectionStarts = [.. Enumerable.Range(0, 40).Select(at => new ConnectionStart(
            new(FactClock.RecordLocal, 1_772_000_000_000 + (round * 4_000_000_000L) - (at * 90_000_000L)), (uint)Hash(), (ushort)(40_000 + at)))],
        Transfers = [new(Ip(round), 40_000, 17, Hash(), new(FactClock.Record, 1_700_000_000_000 + round), (1L << 40) - round, 1L << 40)],
        Prevalence = [.. Enumerable.Range(0, 30).Select(_ => new PrevalenceFact(Hash(), 20_000 + (round * 3), 1_000_000, 19_000, 19_900, 10_000_000))
            .Order(Comparer<PrevalenceFact>.Create(static (left, right) => left.CompareRank(right)))],
        Injections = [new() { Source = BoundedText.Head($"{round:d3}{Long}", BoundedText.SourcePath), Threads = Sightings(30) }],
    };

    private ImageRun Run(int round) => new()
    {
        Time = new(FactClock.RecordLocal, 1_700_000_000_000 + round),
        Serial = long.MaxValue - 1_000 + round,
        Started = Id(),
        Image = BoundedText.Ends(Dropped, BoundedText.ImagePath),

        // So that as many as fit fill the room.
        ParentImage = BoundedText.Ends(Long, BoundedText.ImageParent),
        User = BoundedText.Head(Long, BoundedText.ImageName),
        Signed = false,
        Signer = "ABCDE12345",
        SigningId = BoundedText.Head(Long, BoundedText.ImageName),
    };

    private FlowSummary Summary(int flow, int day) => Twice(new FlowSummary
    {
        Key = FlowKey.Create(Ip(500), (ushort)(50_000 + flow), Ip(600), 443, 17),
        Day = 20_000 + day,
        Seen = Sightings(30),
        FirstInitiates = true,
        FirstBytes = long.MaxValue - _next,
        DurationMs = 1L << 40,
        SecondBytes = long.MaxValue - _next,
        Deltas = [.. Enumerable.Range(0, 40).Select(_ => new CounterDelta(Hash(), 1L << 40, 1L << 40)).OrderBy(delta => delta.RecordId)],
        Handshake = Handshake.None,
        Applications = ["application-one", "application-three", "application-two"],
        ServerName = BoundedText.Tail(Long, BoundedText.HostName),
        Payloads = [.. Enumerable.Range(0, 30).Select(_ => new PayloadFact
        {
            SampleId = Hash(),
            Speaker = FlowEnd.First,
            Sampled = 65_535,
            Verdict = PayloadVerdict.Encrypted,
            Score = 8_000,
            Z = -12_345,
            CompressionZ = 12_345,
            XorKeyLength = 128,
            EcbRepeats = 1_000,
            Observation = Id(),
        }).OrderBy(payload => payload.SampleId)],
    });

    private static FlowSummary Told(FlowSummary flow) => flow.Told(flow.Key);

    /// <summary>Facts as a batch folds them: within their bounds.</summary>
    private static T Twice<T>(T facts)
        where T : IMergeable<T> => facts.Merge(facts);

    private HostClock Clock() => new()
    {
        Samples = [.. Enumerable.Range(0, 30).SelectMany(code => Enumerable.Range(0, 4).Select(clock => new ClockSample((FactClock)clock, code, Id(), -86_400_000L * code)))
            .OrderBy(sample => sample.Clock).ThenBy(sample => sample.EventCode)],
    };

    private Sightings Sightings(int count, int day = 20_510)
    {
        Sightings seen = Core.Correlation.Facts.Sightings.None;
        for (int index = 0; index < count; index++)
        {
            seen = seen.Merge(Core.Correlation.Facts.Sightings.Of(Id(), new(FactClock.RecordLocal, (day * 86_400_000L) + (long)(Hash() % 86_400_000))));
        }

        return seen;
    }

    private static IpAddress Ip(int index) => IpAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2001:db8:1234:5678:9abc:def0:1234:{index:x}"));

    private ObservationId Id() => new(new UInt128(Hash(), Hash()));

    /// <summary>Numbers without a pattern that packing could profit from.</summary>
    private ulong Hash()
    {
        ContentHash hash = new(stackalloc byte[16]);
        hash.Add(_next++);
        return (ulong)hash.Finish();
    }

    private NameFacts Name(int round) => new()
    {
        Key = new(20_000 + (round % 3), Ip(round), 65_535, BoundedText.Tail(new string('é', 100), BoundedText.CalledName)!),
        IsAsked = true,
        ServerPort = 65_535,
        Handshake = Handshake.Established,
        First = new(FactClock.Event, 1_700_000_000_000 + (long)(Hash() % 8_640_000_000)),
        Last = new(FactClock.Event, 1_700_000_000_000 + (long)(Hash() % 8_640_000_000)),
        Connections = Hash(),
    };
}

using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Tests.Correlation;

/// <summary>Facts in which everything is set.</summary>
internal static class Example
{
    public const int Day = 20_000;

    public static ModuleFacts Module { get; } = new() { Name = "bcrypt.dll", Path = @"C:\Windows\System32\bcrypt.dll", Loads = Seen(2), Latest = [Time(2)] };

    public static InjectionFacts Injection { get; } = new() { Source = @"C:\Users\ana\x.exe", Threads = Seen(3) };

    public static DestinationFacts Destination { get; } = new()
    {
        Key = new(Day, Ip("203.0.113.9"), 8444, 6),
        Name = "c2.example",
        Handshake = Handshake.Hello,
        Connections = Seen(4),
    };

    public static ConnectionStart ConnectionStart { get; } = new(Time(6), ConnectionStart.HashOf(Ip("203.0.113.9"), 8444, 6), 50_100);

    public static TransferFact Transfer { get; } = new(Ip("203.0.113.9"), 8444, 6, 7, Time(5), 1000, 10);

    public static PayloadFact Payload { get; } = new()
    {
        SampleId = 9,
        Speaker = FlowEnd.First,
        Sampled = 512,
        Verdict = PayloadVerdict.Encrypted,
        Score = 2000,
        Z = -3,
        CompressionZ = 4,
        XorKeyLength = 8,
        EcbRepeats = 2,
        Observation = Id(6),
    };

    public static NameFacts Name { get; } = new()
    {
        Key = new(Day, Ip("203.0.113.9"), 8444, "c2.example"),
        IsAsked = true,
        ServerPort = 443,
        Handshake = Handshake.Hello,
        First = Time(4),
        Last = Time(6),
        Connections = NameFacts.BitOf(Id(4)),
    };

    public static PrevalenceFact Prevalence { get; } = new(9, Day, 2, Day - 30, Day - 3, 240);

    public static FlowSummary Summary { get; } = new()
    {
        Key = FlowKey.Create(Ip("10.0.0.5"), 50_100, Ip("203.0.113.9"), 8444, 6),
        Day = Day,
        Seen = Seen(7),
        FirstInitiates = true,
        SecondInitiates = true,
        FirstBytes = 10,
        SecondBytes = 20,
        DurationMs = 14_400_000,
        Deltas = [new(8, 3, 4)],
        Handshake = Handshake.Established,
        Applications = ["tls"],
        ServerName = "c2.example",
        Payloads = [Payload],
    };

    public static ChannelKey ChannelKey { get; } = new(Ip("10.0.0.5"), Ip("203.0.113.9"), 8444, 6);

    public static ExchangeFacts Exchange { get; } = new(
        ChannelKey, Summary with { SecondInitiates = false, Applications = [], Deltas = [], FirstBytes = null, SecondBytes = null }, Seen(8));

    public static FlowOwner Owner { get; } = new(ProcessKey.FromGuid("ws1", "a"), Seen(9));

    public static HostClock Clock { get; } = new() { Samples = [new(FactClock.Record, 1, Id(10), 3_600_000)] };

    public static ImageRun Run { get; } = new()
    {
        Time = Time(4),
        Serial = 5,
        Started = Id(11),
        Image = "/tmp/x",
        CommandLine = "/tmp/x -d",
        ParentImage = "/usr/bin/dash",
        User = "ana",
        Signed = true,
        Signer = "Someone",
        SigningId = "com.example.x",
        Job = "gui/501/com.example.x",
    };

    public static AuditEventFacts AuditEvent { get; } = new()
    {
        Key = new("ws1", 1_767_225_600_123, 5),
        Call = 3,
        Pid = 7,
        Image = "/tmp/x",
        User = "ana",
        CommandLine = "/tmp/x -d",
        Ip = Ip("203.0.113.9"),
        Port = 8444,
        Protocol = 6,
        Direction = 1,
        Directory = "/usr/lib/",
        Path = "libcrypto.so.3",
        Algorithm = "skcipher ctr(aes)",
    };

    public static ProcessFacts Process { get; } = new()
    {
        Key = ProcessKey.FromGuid("ws1", "a"),
        Platform = TelemetryPlatform.Linux,
        HostFqdn = "ws1.corp.example",
        Pid = 7,
        Guid = "a",
        Image = "/tmp/x",
        CommandLine = "/tmp/x -d",
        ParentImage = "/usr/bin/dash",
        User = "ana",
        Hash = "ab",
        SigningId = "com.example.x",
        Job = "gui/501/com.example.x",
        Starts = Seen(11),
        Runs = [Run],
        ForgottenRun = Time(1),
        FirstSeen = Run with { Time = Time(3) },
        Ends = Seen(12),
        SignedLoads = Seen(13),
        UnsignedLoads = Seen(14),
        Signer = "Someone",
        Modules = [Module],
        Destinations = [Destination],
        ConnectionStarts = [ConnectionStart],
        Transfers = [Transfer],
        Injections = [Injection],
        Flows = [Summary],
        Exchanges = [Exchange],
        Names = [Name],
        Prevalence = [Prevalence],
        Sources = [Ip("10.0.0.5")],
        Clock = Clock,
    };

    public static FlowFacts Named { get; } = new()
    {
        Id = FlowId.Of(Summary.Key),
        Key = Summary.Key,
        Days = [Summary],
        Owners = [Owner],
    };

    public static ChannelFacts Channel { get; } = new()
    {
        Key = ChannelKey,
        Random = [Summary],
        Weak = [Summary with { Day = Day - 1 }],
        Records = [Summary with { Day = Day - 2 }],
        Starts = [new(1_772_452_800_000, 50_100, 900, 4_000)],
        Exchanges = [Exchange],
        Claims = [new(Day, Summary.Key, Owner.Key)],
        Marks = [new(ChannelKey, Detection("AN0404"), Detection("AN0400"), 3, Stands: true)],
    };

    public static AttemptFacts Attempts { get; } = new()
    {
        SourceIp = Ip("10.0.0.5"),
        Attempts = [new(Day, 5, Ip("203.0.113.9"), 8444, 6, 100)],
    };

    public static ObservationId Id(int number) => new((UInt128)(uint)number << 64 | (uint)number * 7919);

    public static FactTime Time(int second) => new(FactClock.Record, (Day * 86_400_000L) + (second * 1000L));

    public static Sightings Seen(params int[] seconds) =>
        seconds.Select(second => Sightings.Of(Id(second), Time(second))).Aggregate((left, right) => left.Merge(right));

    public static DetectionId Detection(string analytic) => DetectionId.Create(analytic, "key", null, new(2026, 3, 1));

    private static IpAddress Ip(string text) => IpAddress.Parse(text);
}

using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Detections;

/// <summary>Tells a story of one host in observations, and says what is found.</summary>
internal sealed class Scenario
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProcessKey Key = ProcessKey.FromGuid("ws1", "11111111-0000-0000-0000-000000000001");
    private readonly List<Observation> _observations = [];
    private readonly string _image;
    private readonly TelemetryPlatform _platform;
    private readonly string? _commandLine;
    private uint _next;

    public Scenario(
        string image = @"C:\Users\ana\Downloads\update.exe", TelemetryPlatform platform = TelemetryPlatform.Windows, string? commandLine = null) =>
        (_image, _platform, _commandLine) = (image, platform, commandLine);

    /// <summary>What was told so far.</summary>
    public IEnumerable<Observation> Observations => _observations;

    public static IpAddress Host { get; } = IpAddress.Parse("10.1.0.5");

    public Scenario Started(string parent = @"C:\Windows\explorer.exe") => Add(ObservationKind.ProcessStart, 0, observation => observation with
    {
        Process = Process() with { ParentImage = parent, CommandLine = _commandLine ?? _image },
    });

    /// <summary>A start that tells of the signature, as Endpoint Security's does.</summary>
    public Scenario StartedSigned(bool signed, string? signer = null, string parent = "/sbin/launchd") =>
        Add(ObservationKind.ProcessStart, 0, observation => observation with
        {
            Process = Process() with { ParentImage = parent, CommandLine = _commandLine ?? _image, Signed = signed, Signer = signer },
        });

    public Scenario Ended(double seconds) => Add(ObservationKind.ProcessEnd, seconds, observation => observation);

    public Scenario OwnImage(bool signed, string? signer = null) => Add(ObservationKind.ModuleLoad, 0, observation => observation with
    {
        Module = new() { Path = _image, IsOwnImage = true, Signed = signed, Signer = signer },
    });

    public Scenario Loads(string library, double seconds = 1) => Add(ObservationKind.ModuleLoad, seconds, observation => observation with
    {
        Module = library.StartsWith('/')
            ? new() { Path = library }
            : new() { Path = $@"C:\Windows\System32\{library}", Signed = true, Signer = "Microsoft Windows" },
    });

    /// <summary>A routine that the host's own log, or an agent, says was called.</summary>
    public Scenario Calls(string routine, double seconds = 1) =>
        Add(ObservationKind.CryptoUse, seconds, observation => observation with { Module = new() { Path = routine } });

    public Scenario Connects(
        string ip = "203.0.113.9", ushort port = 8444, double seconds = 3, ushort local = 50100, int times = 1,
        Handshake handshake = Handshake.Unknown, long? sent = null, long? received = null, string? name = null, bool source = true)
    {
        for (int time = 0; time < times; time++)
        {
            Add(ObservationKind.Connection, seconds + (time * 60), observation => observation with
            {
                EventCode = 3,
                Flow = Flow(ip, port, local == 0 ? local : (ushort)(local + time)) with
                {
                    SrcIp = source ? Host : default,
                    Direction = FlowDirection.Outbound,
                    Handshake = handshake,
                    BytesOut = sent,
                    BytesIn = received,
                    ServerName = name,
                },
            });
        }

        return this;
    }

    public Scenario Injected(string source = @"C:\Windows\System32\wuauclt.exe") => Add(ObservationKind.Injection, 2, observation => observation with
    {
        Process = new() { Image = source },
        Target = Process(),
    });

    public Scenario Payload(
        PayloadScore score, string ip = "203.0.113.9", ushort port = 8444, ushort local = 50100, Handshake handshake = Handshake.None, double seconds = 5) =>
        Add(ObservationKind.Payload, seconds, observation => Network(observation) with
        {
            Flow = Flow(ip, port, local) with { Handshake = handshake },
            Payload = new() { Length = score.Length, Direction = PayloadDirection.Out, SampleId = ++_next, Score = score },
        });

    /// <summary>A sample that names its flow by Community ID only.</summary>
    public Scenario NamedPayload(
        PayloadScore score, string ip = "203.0.113.9", ushort port = 8444, ushort local = 50100, Handshake handshake = Handshake.None, PayloadDirection direction = PayloadDirection.Out) =>
        Add(ObservationKind.Payload, 5, observation => Network(observation) with
        {
            FlowUid = Flow(ip, port, local).Key.CommunityId(),
            Payload = new() { Length = score.Length, Direction = direction, SampleId = ++_next, Score = score, Handshake = handshake },
        });

    public Scenario FlowRecord(
        Handshake handshake, string? application = null, long bytes = 1000, string ip = "203.0.113.9", ushort port = 8444, ushort local = 50100, string? name = null, double seconds = 4,
        long? received = null) =>
        Add(ObservationKind.Flow, seconds, observation => Network(observation) with
        {
            Flow = Flow(ip, port, local) with { Handshake = handshake, Application = application, BytesOut = bytes, BytesIn = received ?? bytes, ServerName = name },
            FlowUid = $"C{_next}",
        });

    /// <summary>What a sensor, or a proxy's own log, says that the proxy was asked for: the latter names neither the proxy nor, mostly, a port.</summary>
    public Scenario Asks(
        string name, string proxy = "10.0.0.8", ushort port = 3128, ushort local = 50100, double seconds = 3, int times = 1, ushort server = 443, bool own = false, bool ported = true) =>
        Enumerable.Range(0, times).Aggregate(this, (story, time) => story.Add(ObservationKind.Flow, seconds + (time * 60) + 0.2, observation =>
            Network(observation) with
            {
                Source = own ? SourceNames.Squid : SourceNames.Zeek,
                Flow = Flow(own ? "::" : proxy, own ? (ushort)0 : port, ported ? (ushort)(local + time) : (ushort)0) with
                {
                    IsPartial = own,
                    InitiatorKnown = true,
                    Application = own ? null : "http",
                    IsProxied = true,
                    ServerName = name,
                    ServerPort = server,
                },
            }));

    /// <summary>A name resolves to addresses: by the process's own query, or by one of its host that a sensor saw.</summary>
    public Scenario Resolves(string name, IEnumerable<string> answers, bool own = true) => Add(ObservationKind.Dns, 2, observation =>
        (own ? observation : Network(observation) with { Flow = Flow("203.0.113.53", 53, 40_000) }) with
        {
            EventCode = own ? 22 : 0,
            QueryName = name,
            Answers = [.. answers.Select(IpAddress.Parse)],
        });

    /// <summary>Leaves the events' own clocks only, as Winlogbeat's Sysmon pipeline does.</summary>
    public Scenario WithoutRecordTimes()
    {
        for (int index = 0; index < _observations.Count; index++)
        {
            _observations[index] = _observations[index] with { RecordTime = null };
        }

        return this;
    }

    /// <summary>An event of another process on the same host, with both clocks: the event's own is behind the recorder's.</summary>
    public Scenario Other(int eventCode, double behindSeconds) => Add(ObservationKind.Dns, 0, observation => observation with
    {
        EventCode = eventCode,
        Process = null,
        QueryName = "host.example",
        Time = Noon.AddSeconds(-behindSeconds),
    });

    public IReadOnlyList<Detection> Found(DetectionSettings? settings = null)
    {
        LocalPipeline pipeline = new(settings ?? DetectionSettings.Default, 100);
        _observations.ForEach(pipeline.Receive);
        return pipeline.Finish().Detections;
    }

    /// <summary>Tells the story to a pipeline.</summary>
    public void Feed(LocalPipeline pipeline) => _observations.ForEach(pipeline.Receive);

    public static DetectionSettings Settings(string json)
    {
        Assert.True(SettingsFile.TryLoad(Encoding.UTF8.GetBytes(json), out DetectionSettings settings, out IReadOnlyList<string>? errors), string.Join("; ", errors));
        return settings;
    }

    public static PayloadScore Random(int sampled = 512, double score = 7.95) => new()
    {
        Length = sampled,
        Sampled = sampled,
        Score = score,
        Z = (score - 8) / 0.32,
        Verdict = PayloadVerdict.Encrypted,
    };

    private static Observation Network(Observation observation) => observation with
    {
        Platform = TelemetryPlatform.Network,
        Source = SourceNames.Zeek,
        Host = null,
        Process = null,
        RecordTime = null,
    };

    /// <summary>The transport of the flows.</summary>
    public byte Transport { get; init; } = Protocols.Tcp;

    private FlowFields Flow(string ip, ushort port, ushort local) => new()
    {
        SrcIp = Host,
        SrcPort = local,
        DstIp = IpAddress.Parse(ip),
        DstPort = port,
        Protocol = Transport,
    };

    private ProcessFields Process() => new() { Key = Key, Guid = "11111111-0000-0000-0000-000000000001", Image = _image, Pid = 4242, User = "LAB\\ana" };

    private Scenario Add(ObservationKind kind, double seconds, Func<Observation, Observation> shape)
    {
        DateTimeOffset time = Noon.AddSeconds(seconds);
        _observations.Add(shape(new()
        {
            Discriminator = $"{++_next}",
            Kind = kind,
            Source = SourceNames.Sysmon,
            Platform = _platform,
            Time = time,
            RecordTime = time,
            EventCode = 7,
            Host = "ws1",
            Process = Process(),
        }));
        return this;
    }
}

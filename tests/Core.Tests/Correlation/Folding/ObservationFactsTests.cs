using System.Text;
using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Correlation.Folding;

/// <summary>What one observation adds to what is known, field by field.</summary>
public class ObservationFactsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly IpAddress Host = IpAddress.Parse("10.0.0.5");
    private static readonly IpAddress Server = IpAddress.Parse("203.0.113.9");

    [Fact]
    public void The_time_is_the_records_where_there_is_one()
    {
        Observation both = Of(ObservationKind.ProcessStart) with { RecordTime = Noon.AddHours(1) };
        Assert.Equal(new(FactClock.Record, Noon.AddHours(1).ToUnixTimeMilliseconds()), FactTime.Of(both));
        Assert.Equal(FactClock.RecordLocal, FactTime.Of(both with { RecordTimeIsLocal = true })!.Value.Clock);
        Assert.Equal(new(FactClock.Event, Noon.ToUnixTimeMilliseconds()), FactTime.Of(both with { RecordTime = null }));
        Assert.Equal(FactClock.ConnectionEvent, FactTime.Of(both with { RecordTime = null, EventCode = 3 })!.Value.Clock);
        Assert.Equal(FactClock.ConnectionEvent, FactTime.Of(both with { RecordTime = null, EventCode = 22 })!.Value.Clock);
        Assert.Null(FactTime.Of(both with { RecordTime = null, Time = null }));
    }

    [Fact]
    public void A_start_tells_of_its_signature_except_on_windows()
    {
        Observation start = Of(ObservationKind.ProcessStart);
        (bool? Signed, bool HasSigned, bool HasUnsigned, string? Signer)[] told =
        [
            .. ((bool?[])[true, false, null]).Select(signed => ObservationFacts.OfProcess(
                start with { Platform = TelemetryPlatform.MacOs, Process = start.Process! with { Signed = signed, Signer = "Someone" } })!)
                .Select(facts => ((bool?)null, facts.SignedLoads.First is not null, facts.UnsignedLoads.First is not null, facts.Signer)),
        ];
        Assert.Equal([(null, true, false, "Someone"), (null, false, true, null), (null, false, false, null)], told);
        ProcessFacts windows = ObservationFacts.OfProcess(start with { Process = start.Process! with { Signed = true, Signer = "Someone" } })!;
        Assert.Equal((Sightings.None, Sightings.None, null), (windows.SignedLoads, windows.UnsignedLoads, windows.Signer));
        Assert.Equal(1, windows.Starts.Count);
    }

    [Fact]
    public void The_load_of_the_own_image_tells_of_the_signature_and_is_no_library()
    {
        Observation load = Of(ObservationKind.ModuleLoad) with { Module = new() { Path = "/x", IsOwnImage = true, Signed = true, Signer = "Someone" } };
        ProcessFacts signed = ObservationFacts.OfProcess(load)!, unsigned = ObservationFacts.OfProcess(load with { Module = load.Module! with { Signed = false } })!;
        Assert.Equal((true, false, "Someone", true), (signed.SignedLoads.First is not null, signed.UnsignedLoads.First is not null, signed.Signer, signed.Modules.IsEmpty));
        Assert.Equal((false, true), (unsigned.SignedLoads.First is not null, unsigned.UnsignedLoads.First is not null));
        ModuleFacts library = Assert.Single(ObservationFacts.OfProcess(load with { Module = new() { Path = @"C:\A\BCRYPT.dll" } })!.Modules);
        Assert.Equal(("bcrypt.dll", @"C:\A\BCRYPT.dll", 1L), (library.Name, library.Path, library.Loads.Count));
    }

    [Theory]
    [InlineData("10.0.0.5", "203.0.113.9", 443, FlowDirection.Outbound, TelemetryPlatform.Windows, true)]
    [InlineData("10.0.0.5", "203.0.113.9", 443, FlowDirection.Unknown, TelemetryPlatform.Windows, true)]
    [InlineData("10.0.0.5", "203.0.113.9", 443, FlowDirection.Inbound, TelemetryPlatform.Windows, false)]
    [InlineData("10.0.0.5", "10.0.0.5", 443, FlowDirection.Outbound, TelemetryPlatform.Windows, false)]
    [InlineData("10.0.0.5", "127.0.0.1", 443, FlowDirection.Outbound, TelemetryPlatform.MacOs, false)]
    [InlineData("10.0.0.5", "0.0.0.0", 443, FlowDirection.Outbound, TelemetryPlatform.MacOs, true)]
    [InlineData("10.0.0.5", "0.0.0.0", 443, FlowDirection.Inbound, TelemetryPlatform.MacOs, false)]
    [InlineData("10.0.0.5", "0.0.0.0", 0, FlowDirection.Outbound, TelemetryPlatform.MacOs, false)]
    [InlineData("10.0.0.5", "0.0.0.0", 443, FlowDirection.Outbound, TelemetryPlatform.Linux, false)]
    public void A_connection_counts_where_it_leaves_the_host(
        string source, string destination, int port, FlowDirection direction, TelemetryPlatform platform, bool counts)
    {
        Observation connection = Connection() with { Platform = platform };
        connection = connection with
        {
            Flow = connection.Flow! with { SrcIp = IpAddress.Parse(source), DstIp = IpAddress.Parse(destination), DstPort = (ushort)port, Direction = direction },
        };
        Assert.Equal(counts, ObservationFacts.OfProcess(connection)?.Destinations.Length == 1);
    }

    [Fact]
    public void A_connection_tells_of_its_destination_and_where_it_is_counted_of_its_bytes()
    {
        ProcessFacts facts = ObservationFacts.OfProcess(Connection())!;
        DestinationFacts destination = Assert.Single(facts.Destinations);
        Assert.Equal(
            (new DestinationKey(20_514, Server, 443, 6), "c2.example", Handshake.Hello, 1L),
            (destination.Key, destination.Name, destination.Handshake, destination.Connections.Count));
        Assert.Equal([Host], facts.Sources);
        TransferFact transfer = Assert.Single(facts.Transfers);
        Assert.Equal((Server, (ushort)443, (byte)6, 10L, 20L), (transfer.Ip, transfer.Port, transfer.Protocol, transfer.Out, transfer.In));
        Assert.Empty(ObservationFacts.OfProcess(With(static flow => flow with { BytesOut = null }))!.Transfers);
        Assert.Empty(ObservationFacts.OfProcess(With(static flow => flow with { BytesIn = null }))!.Transfers);
        Assert.Equal((0L, 1L << 40), Counted(static flow => flow with { BytesOut = -5, BytesIn = long.MaxValue }));
        Assert.Equal((1L << 40, 0L), Counted(static flow => flow with { BytesOut = long.MaxValue, BytesIn = -5 }));
        Assert.Empty(ObservationFacts.OfProcess(With(static flow => flow with { SrcIp = IpAddress.Parse("0.0.0.0") }))!.Sources);

        static (long, long) Counted(Func<FlowFields, FlowFields> change) =>
            ObservationFacts.OfProcess(With(change))!.Transfers is [var only] ? (only.Out, only.In) : default;
        static Observation With(Func<FlowFields, FlowFields> change) => Connection() with { Flow = change(Connection().Flow!) };
    }

    [Fact]
    public void Long_texts_are_cut_to_what_a_state_has_room_for()
    {
        string text = new('x', 2000);
        Observation start = Of(ObservationKind.ProcessStart) with { HostFqdn = text };
        ProcessFacts facts = ObservationFacts.OfProcess(start with
        {
            Process = start.Process! with { Guid = text, Image = text, CommandLine = text, ParentImage = text, User = text, Hash = text },
        })!;
        Assert.Equal(
            [80, 80, 260, 400, 260, 80, 80],
            ((string?[])[facts.HostFqdn, facts.Guid, facts.Image, facts.CommandLine, facts.ParentImage, facts.User, facts.Hash]).Select(Bytes));
        Observation injection = Of(ObservationKind.Injection) with { Process = new() { Image = text }, Target = start.Process };
        Assert.Equal(96, Bytes(Assert.Single(ObservationFacts.OfProcess(injection)!.Injections).Source));
        ModuleFacts module = Assert.Single(ObservationFacts.OfProcess(Of(ObservationKind.ModuleLoad) with { Module = new() { Path = "/lib/" + text } })!.Modules);
        Assert.Equal((48, 42), (Bytes(module.Name), Bytes(module.Path)));
        Observation named = Connection();
        Assert.Equal(48, Bytes(ObservationFacts.OfProcess(named with { Flow = named.Flow! with { ServerName = text } })!.Destinations[0].Name));

        static int Bytes(string? cut) => Encoding.UTF8.GetByteCount(cut!);
    }

    [Theory]
    [InlineData(FlowRoute.Random)]
    [InlineData(FlowRoute.Weak)]
    [InlineData(FlowRoute.Record)]
    public void A_flow_goes_where_its_route_says(FlowRoute route)
    {
        ChannelFacts facts = FlowObservationFacts.OfChannel(Sensor(), route)!;
        Assert.Equal(new(Host, Server, 443, 6), facts.Key);
        Assert.Equal(
            [route == FlowRoute.Random, route == FlowRoute.Weak, route == FlowRoute.Record],
            new[] { facts.Random, facts.Weak, facts.Records }.Select(flows => flows.Length == 1));
        Assert.Equal(route == FlowRoute.Record ? ["tls"] : [], Assert.Single(facts.OwnFlows).Applications);
    }

    [Fact]
    public void A_flow_goes_nowhere_without_a_route_a_flow_or_a_time()
    {
        Assert.Null(FlowObservationFacts.OfChannel(Sensor(), FlowRoute.None));
        Assert.Null(FlowObservationFacts.OfChannel(Sensor(), FlowRoute.Journal));
        Assert.Null(FlowObservationFacts.OfChannel(Sensor() with { Flow = null }, FlowRoute.Random));
        Assert.Null(FlowObservationFacts.OfChannel(Sensor() with { Time = null }, FlowRoute.Random));
        Assert.Null(FlowObservationFacts.OfAttempt(Sensor(), FlowRoute.Random));
        Assert.Null(FlowObservationFacts.OfAttempt(Sensor() with { Flow = null }, FlowRoute.Attempt));
        Assert.Null(FlowObservationFacts.OfAttempt(Sensor() with { Time = null }, FlowRoute.Attempt));
        FlowClaim claim = Assert.Single(FlowObservationFacts.OfChannel(Connection(), FlowRoute.Claim)!.Claims);
        Assert.Equal((20_514, Connection().Flow!.Key, Connection().Process!.Key!.Value), (claim.Day, claim.Flow, claim.Owner));
        AttemptFacts attempts = FlowObservationFacts.OfAttempt(Sensor(), FlowRoute.Attempt)!;
        Assert.Equal(
            (Host, new Attempt(20_514, (ulong)(Sensor().Id.Value >> 64), Server, 443, 6, Noon.ToUnixTimeMilliseconds())),
            (attempts.SourceIp, Assert.Single(attempts.Attempts)));
    }

    [Fact]
    public void Counters_stand_for_the_flow_or_add_up_by_record()
    {
        FlowSummary whole = Day(static flow => flow), delta = Day(static flow => flow with { CountersAreDeltas = true });
        Assert.Equal((10L, 20L, 0), (whole.BytesOut, whole.BytesIn, whole.Deltas.Length));
        Assert.Equal((null, null, 1), (delta.FirstBytes, delta.SecondBytes, delta.Deltas.Length));
        Assert.Equal((10L, 20L), (delta.BytesOut, delta.BytesIn));
        Observation counted = Sensor() with { Flow = Sensor().Flow! with { CountersAreDeltas = true } };
        Assert.Equal((ulong)(counted.Id.Value >> 64), delta.Deltas[0].RecordId);
        Observation payload = Sensor() with { Kind = ObservationKind.Payload };
        Assert.Empty(FlowObservationFacts.OfChannel(payload with { Flow = payload.Flow! with { CountersAreDeltas = true } }, FlowRoute.Record)!.Records[0].Deltas);
    }

    [Fact]
    public void Who_opened_a_flow_is_said_by_the_record_or_not_at_all()
    {
        Assert.True(Day(static flow => flow with { InitiatorKnown = true }) is { FirstInitiates: true, SecondInitiates: false });
        Assert.True(Day(static flow => flow with { Direction = FlowDirection.Outbound }) is { FirstInitiates: true, SecondInitiates: false });
        Assert.True(Day(static flow => flow) is { FirstInitiates: false, SecondInitiates: false });
        FlowSummary turned = Day(static flow => flow with { InitiatorKnown = true, SrcIp = flow.DstIp, DstIp = flow.SrcIp, SrcPort = flow.DstPort, DstPort = flow.SrcPort });
        Assert.True(turned is { FirstInitiates: false, SecondInitiates: true, FirstBytes: 20, SecondBytes: 10, IsTurned: true });
    }

    [Fact]
    public void A_sample_speaks_for_the_end_that_sent_it()
    {
        Assert.Equal(
            [FlowEnd.First, FlowEnd.Second, FlowEnd.Unknown],
            ((PayloadDirection[])[PayloadDirection.Out, PayloadDirection.In, PayloadDirection.Unknown]).Select(direction =>
                FlowObservationFacts.OfChannel(Sample(direction), FlowRoute.Random)!.Random[0].Payloads[0].Speaker));
        FlowFacts named = FlowObservationFacts.OfNamed(Sample(PayloadDirection.Out) with { Flow = null, FlowUid = Sensor().Flow!.Key.CommunityId() })!;
        Assert.Equal(
            (FlowId.Of(Sensor().Flow!.Key), 20_514, FlowEnd.Initiator, Handshake.None),
            (named.Id, named.Days[0].Day, named.Days[0].Payloads[0].Speaker, named.Days[0].Handshake));
        Assert.Null(FlowObservationFacts.OfNamed(Sample(PayloadDirection.Out)));
        Assert.Null(FlowObservationFacts.OfNamed(Sample(PayloadDirection.Out) with { FlowUid = Sensor().Flow!.Key.CommunityId() }));
        Assert.Null(FlowObservationFacts.OfNamed(Sample(PayloadDirection.Out) with { Flow = null, FlowUid = "C1" }));
    }

    private static FlowSummary Day(Func<FlowFields, FlowFields> change) =>
        FlowObservationFacts.OfChannel(Sensor() with { Flow = change(Sensor().Flow!) }, FlowRoute.Record)!.Records[0];

    private static Observation Sample(PayloadDirection direction) => Sensor() with
    {
        Kind = ObservationKind.Payload,
        Payload = new()
        {
            Length = 512,
            SampleId = 3,
            Direction = direction,
            Handshake = Handshake.None,
            Score = new() { Length = 512, Sampled = 512, Score = 7.9, Z = -0.3, Verdict = PayloadVerdict.Encrypted },
        },
    };

    private static Observation Of(ObservationKind kind) => new()
    {
        Kind = kind,
        Source = SourceNames.Sysmon,
        Platform = TelemetryPlatform.Windows,
        Time = Noon,
        Host = "ws1",
        Process = new() { Key = ProcessKey.FromGuid("ws1", "a"), Image = "/x" },
    };

    private static Observation Connection() => Of(ObservationKind.Connection) with
    {
        Flow = Flow() with { Direction = FlowDirection.Outbound, Handshake = Handshake.Hello, ServerName = "c2.example" },
    };

    private static Observation Sensor() => Of(ObservationKind.Flow) with
    {
        Platform = TelemetryPlatform.Network,
        Source = SourceNames.Zeek,
        Host = null,
        Process = null,
        Flow = Flow() with { Application = "tls" },
    };

    private static FlowFields Flow() => new()
    {
        SrcIp = Host,
        SrcPort = 50_100,
        DstIp = Server,
        DstPort = 443,
        Protocol = 6,
        BytesOut = 10,
        BytesIn = 20,
    };

    [Fact]
    public void A_process_is_known_by_its_number_too() =>
        Assert.Equal(4242, ObservationFacts.OfProcess(Of(ObservationKind.ProcessStart) with
        {
            Process = new() { Key = ProcessKey.FromGuid("ws1", "a"), Pid = 4242 },
        })!.Pid);

    [Fact]
    public void A_sample_that_names_its_flow_by_id_may_name_a_protocol()
    {
        Observation sample = Sample(PayloadDirection.Out) with { Flow = null, FlowUid = Sensor().Flow!.Key.CommunityId() };
        Assert.Empty(FlowObservationFacts.OfNamed(sample)!.Days[0].Applications);
        Assert.Equal(["mqtt"], FlowObservationFacts.OfNamed(sample with
        {
            Payload = sample.Payload! with { Score = sample.Payload.Score with { Verdict = PayloadVerdict.Protocol, Protocol = "mqtt" } },
        })!.Days[0].Applications);
    }

    /// <summary>Both ends of a flow may have one port, and on one host one address.</summary>
    [Theory]
    [InlineData("203.0.113.9", 500, "10.0.0.5", 500, false)]
    [InlineData("10.0.0.5", 500, "203.0.113.9", 500, true)]
    [InlineData("10.0.0.5", 600, "10.0.0.5", 500, false)]
    [InlineData("10.0.0.5", 500, "10.0.0.5", 600, true)]
    public void Which_end_a_record_speaks_of_is_told_by_address_and_port(string source, int sourcePort, string destination, int port, bool first)
    {
        FlowSummary day = FlowObservationFacts.OfSensor(
            Sensor(),
            Flow() with
            {
                SrcIp = IpAddress.Parse(source),
                SrcPort = (ushort)sourcePort,
                DstIp = IpAddress.Parse(destination),
                DstPort = (ushort)port,
                Protocol = 17,
                InitiatorKnown = true,
            },
            FactTime.Of(Sensor())!.Value);
        Assert.Equal(
            first ? (true, false, 10L, 20L) : (false, true, 20L, 10L),
            (day.FirstInitiates, day.SecondInitiates, day.FirstBytes!.Value, day.SecondBytes!.Value));
    }

    [Theory]
    [InlineData("10.0.0.5", "203.0.113.9")]
    [InlineData("203.0.113.9", "10.0.0.5")]
    public void A_channel_is_told_when_a_flow_began_by_the_openers_port(string source, string destination)
    {
        Observation record = Sensor() with
        {
            Flow = Flow() with { SrcIp = IpAddress.Parse(source), DstIp = IpAddress.Parse(destination), InitiatorKnown = true },
        };
        ChannelFacts facts = FlowObservationFacts.OfChannel(record, FlowRoute.Record)!;
        Assert.Equal([new FlowStart(Noon.ToUnixTimeMilliseconds(), 50_100, 10, 20)], facts.Starts);
    }

    [Fact]
    public void Bytes_are_known_by_the_record_that_counted_them() =>
        Assert.Equal((ulong)(Connection().Id.Value >> 64), Assert.Single(ObservationFacts.OfProcess(Connection())!.Transfers).RecordId);

    [Fact]
    public void Texts_of_an_image_that_ran_under_a_number_are_cut_shorter()
    {
        string text = new('x', 2000);
        Observation start = Of(ObservationKind.ProcessStart);
        ImageRun run = Assert.Single(ObservationFacts.OfProcess(start with
        {
            Platform = TelemetryPlatform.MacOs,
            Process = new()
            {
                Key = ProcessKey.FromPid("ws1", 7, startUnixMs: null),
                Pid = 7,
                Image = text,
                CommandLine = text,
                ParentImage = text,
                User = text,
                Signer = text,
                SigningId = text,
                Job = text,
            },
        })!.Runs);
        Assert.Equal(
            [160, 240, 80, 48, 48, 48, 48],
            ((string?[])[run.Image, run.CommandLine, run.ParentImage, run.User, run.Signer, run.SigningId, run.Job]).Select(cut => Encoding.UTF8.GetByteCount(cut!)));
    }
}

using System.Text;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using static CipherWatch.Core.Tests.Correlation.Folding.Observed;

namespace CipherWatch.Core.Tests.Correlation.Folding;

/// <summary>What one observation adds to what is known of its process, field by field.</summary>
public class ObservationFactsTests
{
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

    [Fact]
    public void A_process_is_known_by_its_number_too() =>
        Assert.Equal(4242, ObservationFacts.OfProcess(Of(ObservationKind.ProcessStart) with
        {
            Process = new() { Key = ProcessKey.FromGuid("ws1", "a"), Pid = 4242 },
        })!.Pid);

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

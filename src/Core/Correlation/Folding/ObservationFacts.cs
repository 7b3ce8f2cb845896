using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry;

namespace CipherWatch.Core.Correlation.Folding;

/// <summary>Turns an observation into the facts it adds to entities: a process, a flow, a host's clocks.</summary>
public static class ObservationFacts
{
    /// <summary>Facts of the process an observation is about; null where it names no one process or adds nothing.</summary>
    public static ProcessFacts? OfProcess(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ProcessFields? about = observation.Kind == ObservationKind.Injection ? observation.Target : observation.Process;
        if (about?.Key is not { } key || FactTime.Of(observation) is not { } time)
        {
            return null;
        }

        Sightings seen = Sightings.Of(observation.Id, time);
        ProcessFacts facts = new()
        {
            Key = key,
            Platform = observation.Platform,
            HostFqdn = BoundedText.Tail(observation.HostFqdn, BoundedText.Name),
            Pid = about.Pid,
            Guid = BoundedText.Head(about.Guid, BoundedText.Name),
            Image = BoundedText.Head(about.Image, BoundedText.Path),
            CommandLine = BoundedText.Head(about.CommandLine, BoundedText.CommandLine),
            ParentImage = BoundedText.Head(about.ParentImage, BoundedText.Path),
            User = BoundedText.Head(about.User, BoundedText.Name),
            Hash = BoundedText.Head(about.Hash, BoundedText.Name),
        };
        return observation switch
        {
            { Kind: ObservationKind.ProcessStart } => facts with { Starts = seen },
            { Kind: ObservationKind.ProcessEnd } => facts with { Ends = seen },
            { Kind: ObservationKind.ModuleLoad, Module: { IsOwnImage: true } own } => facts with
            {
                SignedLoads = own.Signed is true ? seen : Sightings.None,
                UnsignedLoads = own.Signed is false ? seen : Sightings.None,
                Signer = BoundedText.Head(own.Signer, BoundedText.Name),
            },
            { Kind: ObservationKind.ModuleLoad or ObservationKind.CryptoUse, Module: { } module } => facts with
            {
                Modules =
                [
                    new()
                    {
                        Name = BoundedText.Head(FilePaths.Name(module.Path).ToLowerInvariant(), BoundedText.FileName),
                        Path = BoundedText.Head(module.Path, BoundedText.ListedPath),
                        Loads = seen,
                    },
                ],
            },
            { Kind: ObservationKind.Connection, Flow: { } flow } when IsOutbound(flow) => facts with
            {
                Destinations =
                [
                    new()
                    {
                        Key = new(time.Day, flow.DstIp, flow.DstPort, flow.Protocol),
                        Name = BoundedText.Tail(flow.ServerName, BoundedText.HostName),
                        Connections = seen,
                    },
                ],
            },
            { Kind: ObservationKind.Injection, Process.Image: { } source } => facts with
            {
                Injections = [new() { Source = BoundedText.Head(source, BoundedText.SourcePath), Threads = seen }],
            },
            _ => null,
        };
    }

    /// <summary>Facts of the flow an observation is about; null where it is about none, or about one that stays on the host.</summary>
    public static FlowFacts? OfFlow(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation.Flow is not { } flow || FactTime.Of(observation) is not { } time
            || !flow.SrcIp.IsExternal || !flow.DstIp.IsExternal || flow.SrcIp == flow.DstIp)
        {
            return null;
        }

        Sightings seen = Sightings.Of(observation.Id, time);
        FlowFacts facts = new() { Key = flow.Key };
        if (observation.Kind == ObservationKind.Connection)
        {
            // A host's own record without the local port names no flow.
            return observation.Process?.Key is { } owner && flow.SrcPort != 0 && IsOutbound(flow)
                ? facts with { Owners = [new(owner, seen)] }
                : null;
        }

        bool sourceIsFirst = flow.Key.FirstIp == flow.SrcIp && flow.Key.FirstPort == flow.SrcPort;
        bool oriented = flow.InitiatorKnown || flow.Direction != FlowDirection.Unknown;
        (long? first, long? second) = sourceIsFirst ? (flow.BytesOut, flow.BytesIn) : (flow.BytesIn, flow.BytesOut);
        bool addsUp = flow.CountersAreDeltas;

        // A payload observation of the same record carries the same counters: they count with the flow's.
        CounterDelta? delta = addsUp && observation.Kind == ObservationKind.Flow
            ? CounterDelta.Of((ulong)(observation.Id.Value >> 64), first, second)
            : null;
        FlowSummary summary = new()
        {
            Key = flow.Key,
            Day = time.Day,
            Seen = seen,
            FirstInitiates = oriented && sourceIsFirst,
            SecondInitiates = oriented && !sourceIsFirst,
            FirstBytes = addsUp ? null : first,
            SecondBytes = addsUp ? null : second,
            Deltas = delta is { } counted ? [counted] : [],
            Handshake = flow.Handshake,
            Applications = flow.Application is { } application ? [BoundedText.Head(application, BoundedText.FileName)] : [],
            ServerName = BoundedText.Tail(flow.ServerName, BoundedText.HostName),
            Payloads = observation.Payload is { } payload ? [Payload(payload, observation.Id, sourceIsFirst)] : [],
        };
        return facts with { Days = [summary] };
    }

    /// <summary>What an observation says of its host's clocks; null where it carries one clock, or names no host.</summary>
    public static HostClock? OfClock(Observation observation) => observation?.Host is null ? null : HostClock.Of(observation);

    private static bool IsOutbound(FlowFields flow) =>
        flow.Direction != FlowDirection.Inbound && flow.DstIp.IsExternal && flow.DstIp != flow.SrcIp;

    private static PayloadFact Payload(PayloadFields payload, ObservationId observation, bool sourceIsFirst) => new()
    {
        SampleId = payload.SampleId,
        Speaker = payload.Direction switch
        {
            PayloadDirection.Out => sourceIsFirst ? FlowEnd.First : FlowEnd.Second,
            PayloadDirection.In => sourceIsFirst ? FlowEnd.Second : FlowEnd.First,
            _ => FlowEnd.Unknown,
        },
        Sampled = payload.Score.Sampled,
        Verdict = payload.Score.Verdict,
        Score = payload.Score.Score is { } score ? (int)Math.Round(score * PayloadFact.Scale) : -1,
        Z = Fixed(payload.Score.Z ?? 0),
        CompressionZ = Fixed(payload.Score.CompressionZ ?? 0),
        XorKeyLength = payload.Score.XorKeyLength ?? 0,
        EcbRepeats = payload.Score.EcbRepeats,
        Observation = observation,
    };

    /// <summary>Clipped, so that one odd sample does not outvote the rest, and fixed point, so that sums do not depend on order.</summary>
    private static int Fixed(double z) => (int)Math.Round(Math.Clamp(z, SampleFact.LowestZ, SampleFact.HighestZ) * PayloadFact.Scale);
}

using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Correlation.Folding;

/// <summary>
/// Turns an observation into the facts it adds to a process and to a host's clocks; for flows, <see cref="FlowObservationFacts"/>.
/// </summary>
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
            Platform = observation.Platform == TelemetryPlatform.Network ? null : observation.Platform,
            HostFqdn = BoundedText.Tail(observation.HostFqdn, BoundedText.Name),
            Pid = about.Pid,
            Guid = BoundedText.Head(about.Guid, BoundedText.Name),
            Image = BoundedText.Head(about.Image, BoundedText.Path),
            CommandLine = BoundedText.Head(about.CommandLine, BoundedText.CommandLine),
            ParentImage = BoundedText.Head(about.ParentImage, BoundedText.Path),
            User = BoundedText.Head(about.User, BoundedText.Name),
            Hash = BoundedText.Head(about.Hash, BoundedText.Name),
        };
        bool isNumber = ImageRunFacts.AreOf(key, observation.Platform);
        facts = isNumber ? ImageRunFacts.Add(facts, observation, time) : facts;
        return observation switch
        {
            { Kind: ObservationKind.ProcessStart } when isNumber => facts,
            { Kind: ObservationKind.ProcessStart } => facts with
            {
                Starts = seen,

                // Where starts tell of the signature; on Windows the load of the image does.
                SignedLoads = IsSignedStart(observation, true) ? seen : Sightings.None,
                UnsignedLoads = IsSignedStart(observation, false) ? seen : Sightings.None,
                Signer = IsSignedStart(observation, true) ? BoundedText.Head(about.Signer, BoundedText.Name) : null,
            },
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
                        Path = BoundedText.Ends(module.Path, BoundedText.ListedPath),
                        Loads = seen,
                        Latest = isNumber ? [time] : [],
                    },
                ],
            },
            { Kind: ObservationKind.Connection, Flow: { } flow } when IsOutbound(flow, observation.Platform) => facts with
            {
                Sources = observation.SourceOf(flow) is { IsExternal: true } source ? [source] : [],
                Destinations =
                [
                    new()
                    {
                        Key = new(time.Day, flow.DstIp, flow.DstPort, flow.Protocol, FlowUids.IsOfKernel(observation)),
                        Name = BoundedText.Tail(flow.ServerName, BoundedText.HostName),
                        Handshake = flow.Handshake,
                        Connections = seen,
                    },
                ],
                Transfers = Transfer(flow, observation.Id, time) is { } transfer ? [transfer] : [],
            },
            { Kind: ObservationKind.Injection, Process.Image: { } source } => facts with
            {
                Injections = [new() { Source = BoundedText.Head(source, BoundedText.SourcePath), Threads = seen }],
            },
            _ => null,
        };
    }

    /// <summary>What an observation says of its host's clocks; null where it carries one clock, or names no host.</summary>
    public static HostClock? OfClock(Observation observation) => observation?.Host is null ? null : HostClock.Of(observation);

    private static bool IsSignedStart(Observation start, bool signed) =>
        start.Platform != TelemetryPlatform.Windows && start.Process?.Signed == signed;

    private static TransferFact? Transfer(FlowFields flow, ObservationId record, FactTime time) =>
        TransferFact.Of(flow.DstIp, flow.DstPort, flow.Protocol, record, time, flow.BytesOut, flow.BytesIn);

    /// <summary>A connection that leaves the host; macOS hides the address of the other end, and keeps its port.</summary>
    private static bool IsOutbound(FlowFields flow, TelemetryPlatform platform) => flow.Direction != FlowDirection.Inbound
        && ((flow.DstIp.IsExternal && flow.DstIp != flow.SrcIp)
            || (platform == TelemetryPlatform.MacOs && flow.DstIp.IsUnspecified && flow.DstPort != 0));
}

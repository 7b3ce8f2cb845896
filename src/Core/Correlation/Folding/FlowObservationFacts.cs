using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Correlation.Folding;

/// <summary>Turns an observation of a flow into the facts it adds, where its route says that they go.</summary>
public static class FlowObservationFacts
{
    /// <summary>Facts of the channel of the flow an observation is about; null where it goes elsewhere.</summary>
    public static ChannelFacts? OfChannel(Observation observation, FlowRoute route)
    {
        ArgumentNullException.ThrowIfNull(observation);
        const FlowRoute Here = FlowRoute.Random | FlowRoute.Weak | FlowRoute.Record | FlowRoute.Claim;
        if ((route & Here) == 0 || observation.Flow is not { } flow || FactTime.Of(observation) is not { } time)
        {
            return null;
        }

        if ((route & FlowRoute.Claim) != 0)
        {
            // A hidden address is one, in whichever family it is written.
            (IpAddress source, IpAddress peer) = (observation.SourceOf(flow), flow.DstIp.IsUnspecified ? default : flow.DstIp);
            FlowKey claimed = FlowKey.Create(source, flow.SrcPort, peer, flow.DstPort, flow.Protocol);
            return new()
            {
                Key = new(source, peer, flow.DstPort, flow.Protocol),
                Claims = [new(time.Day, claimed, observation.Process!.Key!.Value)],
            };
        }

        FlowSummary day = OfSensor(observation, flow, time);
        ushort port = day.InitiatorIsFirst ? day.Key.FirstPort : day.Key.SecondPort;
        ChannelFacts channel = new() { Key = ChannelKey.Of(day), Starts = [new(time.Ms, port, day.BytesOut, day.BytesIn)] };
        return (route & FlowRoute.Random) != 0 ? channel with { Random = [day.WithoutApplications()] }
            : (route & FlowRoute.Weak) != 0 ? channel with { Weak = [day.WithoutApplications()] }
            : channel with { Records = [day] };
    }

    /// <summary>The attempt that an observation is; null where it is none.</summary>
    public static AttemptFacts? OfAttempt(Observation observation, FlowRoute route)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return (route & FlowRoute.Attempt) == 0 || observation.Flow is not { } flow || FactTime.Of(observation) is not { } time ? null
            : new()
            {
                SourceIp = flow.SrcIp,
                Attempts = [new(time.Day, (ulong)(observation.Id.Value >> 64), flow.DstIp, flow.DstPort, flow.Protocol, time.Ms)],
            };
    }

    /// <summary>What a sensor's record says of its flow.</summary>
    internal static FlowSummary OfSensor(Observation observation, FlowFields flow, FactTime time)
    {
        // Worked out each time it is asked for.
        ObservationId id = observation.Id;
        FlowKey key = flow.Key;
        bool sourceIsFirst = key.FirstIp == flow.SrcIp && key.FirstPort == flow.SrcPort;
        bool oriented = flow.InitiatorKnown || flow.Direction != FlowDirection.Unknown;

        // What is worked out from a sample of the packets is too rough to judge by: one large packet makes an upload of a short flow.
        (long? sent, long? received) = flow.SampledOneIn is null ? (flow.BytesOut, flow.BytesIn) : (null, null);
        (long? first, long? second) = sourceIsFirst ? (sent, received) : (received, sent);
        bool addsUp = flow.CountersAreDeltas;

        // A payload observation of the same record carries the same counters: they count with the flow's.
        CounterDelta? delta = addsUp && observation.Kind == ObservationKind.Flow
            ? CounterDelta.Of((ulong)(id.Value >> 64), first, second)
            : null;
        return new()
        {
            Key = key,
            Day = time.Day,
            Seen = Sightings.Of(id, time),
            FirstInitiates = oriented && sourceIsFirst,
            SecondInitiates = oriented && !sourceIsFirst,
            FirstBytes = addsUp ? null : first,
            SecondBytes = addsUp ? null : second,
            Deltas = delta is { } counted ? [counted] : [],
            Handshake = flow.Handshake,
            Applications = flow.Application is { } application ? [BoundedText.Head(application, BoundedText.FileName)] : [],
            ServerName = BoundedText.Tail(flow.ServerName, BoundedText.HostName),
            Payloads = observation.Payload is { } payload
                ? [Payload(payload, id, sourceIsFirst ? FlowEnd.First : FlowEnd.Second, sourceIsFirst ? FlowEnd.Second : FlowEnd.First)]
                : [],
        };
    }

    /// <summary>A sample that names its flow by Community ID only: it waits there until some record brings the 5-tuple.</summary>
    public static FlowFacts? OfNamed(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation.Flow is not null || observation.Payload is not { } payload || !FlowId.TryParse(observation.FlowUid, out FlowId flow)
            || FactTime.Of(observation) is not { } time)
        {
            return null;
        }

        ObservationId id = observation.Id;
        FlowSummary day = new()
        {
            Day = time.Day,
            Seen = Sightings.Of(id, time),
            Handshake = payload.Handshake,
            Applications = payload.Score.Protocol is { } application ? [BoundedText.Head(application, BoundedText.FileName)] : [],
            Payloads = [Payload(payload, id, FlowEnd.Initiator, FlowEnd.Responder)],
        };
        return new() { Id = flow, Days = [day] };
    }

    internal static PayloadFact Payload(PayloadFields payload, ObservationId observation, FlowEnd source, FlowEnd destination)
    {
        SampleFact sample = SampleFact.Of(payload.Score);
        return new()
        {
            SampleId = payload.SampleId,
            Speaker = payload.Direction switch
            {
                PayloadDirection.Out => source,
                PayloadDirection.In => destination,
                _ => FlowEnd.Unknown,
            },
            Sampled = sample.Sampled,
            Verdict = sample.Verdict,
            Score = sample.Score,
            Z = sample.EntropyZ,
            CompressionZ = sample.CompressionZ,
            XorKeyLength = sample.XorKeyLength,
            EcbRepeats = sample.EcbRepeats,
            Cover = sample.Cover,
            Observation = observation,
        };
    }
}

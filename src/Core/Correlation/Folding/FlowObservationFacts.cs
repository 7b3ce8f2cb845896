using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Correlation.Folding;

/// <summary>Turns an observation into the facts it adds to a flow.</summary>
public static class FlowObservationFacts
{
    /// <summary>Facts of the flow an observation is about; null where it is about none, or about one that stays on the host.</summary>
    public static FlowFacts? Of(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return FactTime.Of(observation) is not { } time ? null
            : observation.Flow is not { } flow ? OfNamed(observation, time)
            : !flow.SrcIp.IsExternal || !flow.DstIp.IsExternal || flow.SrcIp == flow.DstIp ? null
            : observation.Kind == ObservationKind.Connection ? OfConnection(observation, flow, time)
            : OfSensor(observation, flow, time);
    }

    /// <summary>What an endpoint says: whose connection it is.</summary>
    private static FlowFacts? OfConnection(Observation observation, FlowFields flow, FactTime time)
    {
        // A host's own record without the local port names no flow.
        bool names = flow.SrcPort != 0 && flow.Direction != FlowDirection.Inbound;
        return names && observation.Process?.Key is { } owner
            ? Flow(flow.Key) with { Owners = [new(owner, Sightings.Of(observation.Id, time))] }
            : null;
    }

    private static FlowFacts OfSensor(Observation observation, FlowFields flow, FactTime time)
    {
        // Worked out each time it is asked for.
        ObservationId id = observation.Id;
        FlowKey key = flow.Key;
        bool sourceIsFirst = key.FirstIp == flow.SrcIp && key.FirstPort == flow.SrcPort;
        bool oriented = flow.InitiatorKnown || flow.Direction != FlowDirection.Unknown;
        (long? first, long? second) = sourceIsFirst ? (flow.BytesOut, flow.BytesIn) : (flow.BytesIn, flow.BytesOut);
        bool addsUp = flow.CountersAreDeltas;

        // A payload observation of the same record carries the same counters: they count with the flow's.
        CounterDelta? delta = addsUp && observation.Kind == ObservationKind.Flow
            ? CounterDelta.Of((ulong)(id.Value >> 64), first, second)
            : null;
        FlowSummary day = new()
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
        return Flow(key) with { Days = [day] };
    }

    /// <summary>A sample that names its flow by Community ID only: it waits there until some record brings the 5-tuple.</summary>
    private static FlowFacts? OfNamed(Observation observation, FactTime time)
    {
        if (observation.Payload is not { } payload || !FlowId.TryParse(observation.FlowUid, out FlowId flow))
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

    private static FlowFacts Flow(FlowKey key) => new() { Id = FlowId.Of(key), Key = key };

    private static PayloadFact Payload(PayloadFields payload, ObservationId observation, FlowEnd source, FlowEnd destination)
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
            Observation = observation,
        };
    }
}

using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

/// <summary>Entities in a dictionary, their states kept as JSON, reached in the rounds that an orchestration goes through.</summary>
internal sealed class DeliveryRun(DetectionSettings settings)
{
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);

    /// <summary>What sinks hold: of each detection the highest revision.</summary>
    public SortedDictionary<string, Detection> Published { get; } = new(StringComparer.Ordinal);

    /// <summary>Delivers observations as one batch.</summary>
    public void Deliver(IEnumerable<Observation> observations)
    {
        EntityStates batch = new();
        foreach (Observation observation in observations)
        {
            batch.Add(observation);
        }

        foreach (BatchPart part in BatchPlan.Split(batch))
        {
            Deliver(FactsJson.Deserialize<BatchPart>(FactsJson.Serialize(part)));
        }
    }

    /// <summary>What was published and stands, as lines, revisions left out.</summary>
    public IReadOnlyList<string> Standing() => Lines(Published.Values.Where(detection => !detection.Withdrawn));

    /// <summary>Detections as lines in the order of final output, revisions left out.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<Detection> detections) =>
    [
        .. detections.OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId)
            .Select(detection => System.Text.Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection with { Revision = 1 }))),
    ];

    private void Deliver(BatchPart part)
    {
        Rounds rounds = new(part);
        for (int round = 0; round < FactKinds.Rounds; round++)
        {
            IReadOnlyList<EntityFacts> calls = rounds.Calls(round);
            rounds.Answered(round, calls, [.. calls.Select(Call)]);
        }

        foreach (Detection detection in rounds.Publication.Detections)
        {
            string id = detection.DetectionId.ToString();
            if (!Published.TryGetValue(id, out Detection? held) || held.Revision < detection.Revision)
            {
                Published[id] = detection;
            }
        }
    }

    private EntityAnswer Call(EntityFacts facts) => facts.Facts switch
    {
        ClockFacts clock => Call(FactKinds.Clock, clock),
        FlowFacts flow => Call(FactKinds.Flow, flow),
        ProcessFacts process => Call(FactKinds.Process, process),
        ChannelFacts channel => Call(FactKinds.Channel, channel),
        _ => throw new InvalidOperationException(facts.Kind.Name),
    };

    private EntityAnswer Call<TKey, TFacts>(FactKind<TKey, TFacts> kind, TFacts facts)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts>
    {
        string key = $"{kind.Name}@{kind.TextOf(kind.KeyOf(facts))}";
        EntityState<TFacts>? before = _states.TryGetValue(key, out string? json) ? FactsJson.Deserialize<EntityState<TFacts>>(json) : null;
        (EntityState<TFacts> after, EntityAnswer answer) = EntityUpdate.Apply(kind, before, facts, settings);
        _states[key] = FactsJson.Serialize(after);
        return FactsJson.Deserialize<EntityAnswer>(FactsJson.Serialize(answer));
    }
}

using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
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
        List<ClockFacts> clocks = [.. part.Clocks.Select(clock => clock with { Clock = Call<ClockState, HostClock>($"c:{clock.Host}", state => EntityUpdate.Apply(state, clock.Clock) is var next ? (next, next.Clock) : default) })];
        List<FlowFacts> flows = [.. part.Flows.Select(flow => Call<FlowState, FlowFacts?>($"f:{flow.Id}", state => EntityUpdate.Apply(state?.Facts, flow) is var next ? (new(next.State), next.Answer) : default)).OfType<FlowFacts>()];
        List<EntityAnswer> answers = [.. Rounds.Processes(part, flows, clocks).Select(operation =>
            Call<ProcessState, EntityAnswer>($"p:{operation.Key}", state => EntityUpdate.Apply(state, operation, settings)))];
        List<ChannelOperation> channels = [.. Rounds.Channels(flows), .. Rounds.Superseded(answers)];
        answers.AddRange(channels.Select(operation =>
            Call<ChannelState, EntityAnswer>($"n:{operation.Key}", state => EntityUpdate.Apply(state, operation, settings))));
        foreach (Detection detection in Rounds.Publication(answers).Detections)
        {
            string id = detection.DetectionId.ToString();
            if (!Published.TryGetValue(id, out Detection? held) || held.Revision < detection.Revision)
            {
                Published[id] = detection;
            }
        }
    }

    private TAnswer Call<TState, TAnswer>(string key, Func<TState?, (TState State, TAnswer Answer)> operation)
        where TState : class
    {
        (TState next, TAnswer answer) = operation(_states.TryGetValue(key, out string? json) ? FactsJson.Deserialize<TState>(json) : null);
        _states[key] = FactsJson.Serialize(next);
        return answer;
    }
}

using CipherWatch.Core.Randomness.Flow;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>
/// Has captured flows judged beside the reading of further ones, and hands them on in the order they came. Judging a flow's
/// first bytes costs far more than reading its packets, and no flow's judgement depends on another's.
/// </summary>
/// <param name="judged">Takes each flow with its judgement, on the caller's thread.</param>
internal sealed class JudgedFlows(Action<CapturedFlow, FlowScore> judged)
{
    /// <summary>Flows that wait at most: each holds two directions' first bytes, and more would not keep more cores busy.</summary>
    private const int MaxFlows = 256;

    private readonly Queue<(CapturedFlow Flow, Task<FlowScore> Score)> _waiting = [];

    /// <summary>Takes a flow.</summary>
    public void Add(CapturedFlow flow)
    {
        if (_waiting.Count == MaxFlows)
        {
            HandOn();
        }

        _waiting.Enqueue((flow, Task.Run(() => flow.Score())));
    }

    /// <summary>Hands on what is left.</summary>
    public void Finish()
    {
        while (_waiting.Count > 0)
        {
            HandOn();
        }
    }

    private void HandOn()
    {
        // A judgement that no other thread has begun is made here and now.
        (CapturedFlow flow, Task<FlowScore> score) = _waiting.Dequeue();
        judged(flow, score.GetAwaiter().GetResult());
    }
}

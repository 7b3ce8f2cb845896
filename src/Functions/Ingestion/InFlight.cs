using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Ingestion;

/// <summary>How many orchestrations of one lane may be under way, and how long a start waits for one to end.</summary>
/// <param name="PerLane">Orchestrations at once: a lane is a partition of a hub, or a source of requests.</param>
/// <param name="Wait">How long a start waits before it fails, to be tried again.</param>
/// <param name="Look">How long after the first look it looks again; each further time waits twice as long, up to eight times this.</param>
public sealed record InFlightLimits(int PerLane, TimeSpan Wait, TimeSpan Look)
{
    /// <summary>
    /// Sixteen: of 32 partitions 512 orchestrations of at most 100 calls each, which the backend's queues hold easily; two minutes, well
    /// below the time limit of a function.
    /// </summary>
    public static readonly InFlightLimits Usual = new(16, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));
}

/// <summary>More is under way than may be: the same again later.</summary>
public sealed class BacklogException(string message) : Exception(message);

/// <summary>
/// Keeps what is started within bounds: where a lane is full, its reader waits, and the backlog stays in the event hub, where it is
/// cheap, keeps its order and is seen.
/// </summary>
/// <remarks>What was started before the worker came up is not counted: a restart lets through one bound's worth more.</remarks>
public sealed class InFlight(InFlightLimits limits, TimeProvider clock)
{
    /// <summary>Longest wait between two looks, of the first: each look is a request to the storage.</summary>
    private const int MaxLooks = 8;

    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>Waits until a lane has room for one more.</summary>
    /// <exception cref="BacklogException">It had none in the time that is waited.</exception>
    public async Task RoomAsync(DurableTaskClient client, string lane, CancellationToken cancellationToken)
    {
        Lane started = _lanes.GetOrAdd(lane, static _ => new());
        long from = clock.GetTimestamp();
        TimeSpan look = limits.Look;
        while (!await started.HasRoomAsync(client, limits.PerLane, cancellationToken).ConfigureAwait(false))
        {
            if (clock.GetElapsedTime(from) >= limits.Wait)
            {
                throw new BacklogException(
                    $"{limits.PerLane} orchestrations of {lane} are under way and none has ended in {limits.Wait}. "
                    + "Nothing is lost: the same is tried again.");
            }

            await Task.Delay(look, clock, cancellationToken).ConfigureAwait(false);
            look = TimeSpan.FromTicks(Math.Min(look.Ticks * 2, limits.Look.Ticks * MaxLooks));
        }
    }

    /// <summary>Counts an orchestration in.</summary>
    public void Add(string lane, string instanceId) => _lanes.GetOrAdd(lane, static _ => new()).Add(instanceId);

    private sealed class Lane
    {
        private readonly Lock _lock = new();
        private List<string> _started = [];

        public void Add(string instanceId)
        {
            lock (_lock)
            {
                _started.Add(instanceId);
            }
        }

        public async Task<bool> HasRoomAsync(DurableTaskClient client, int limit, CancellationToken cancellationToken)
        {
            string[] started;
            lock (_lock)
            {
                if (_started.Count < limit)
                {
                    return true;
                }

                started = [.. _started];
            }

            // Nobody is asked before the lane is full, so that one that keeps up costs nothing.
            HashSet<string> ended = new(StringComparer.Ordinal);
            foreach (string id in started)
            {
                if (await client.GetInstanceAsync(id, cancellationToken).ConfigureAwait(false) is not { IsCompleted: false })
                {
                    ended.Add(id);
                }
                else if (ended.Count == 0)
                {
                    // The first started has not ended: the others are younger.
                    break;
                }
            }

            lock (_lock)
            {
                _started = [.. _started.Where(id => !ended.Contains(id))];
                return _started.Count < limit;
            }
        }
    }
}

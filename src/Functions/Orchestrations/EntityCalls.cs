using System.Globalization;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Activities;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Orchestrations;

/// <summary>
/// Calls entities from an orchestration, each with a retry loop of its own, and keeps account of those that never answered.
/// </summary>
internal sealed class EntityCalls(TaskOrchestrationContext context)
{
    /// <summary>The one operation that every entity has.</summary>
    public const string Operation = "Merge";

    /// <summary>
    /// Calls in all before an entity is given up. With the waits between them that is some eight minutes: longer than a worker takes
    /// to come back, and a message of a killed host to be seen again.
    /// </summary>
    public const int MaxAttempts = 12;

    /// <summary>Wait before the first repetition; each further one waits twice as long.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<string, (EntityFacts Operation, string Reason)> _givenUp = new(StringComparer.Ordinal);

    /// <summary>Calls an entity until it answers.</summary>
    /// <remarks>
    /// Every failure is tried again, those that say they are not to be retried among them: the death of the worker says so. There is
    /// no retry policy for calls of entities.
    /// </remarks>
    public async Task<TAnswer?> CallAsync<TAnswer>(string entity, EntityFacts operation)
        where TAnswer : class
    {
        EntityInstanceId id = new(entity, EntityKeyText.Of(operation.Key));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await context.Entities.CallEntityAsync<TAnswer?>(id, Operation, operation);
            }
            catch (EntityOperationFailedException exception)
            {
                if (attempt == MaxAttempts)
                {
                    GiveUp(id, operation, exception.FailureDetails.ErrorMessage);
                    return null;
                }
            }

            await context.CreateTimer(Wait(attempt), CancellationToken.None);
        }
    }

    /// <summary>The operations that were given up, to be kept; null where all were taken.</summary>
    public Undelivered? GivenUp => _givenUp.Count == 0 ? null : new(
        context.InstanceId,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Not taken in {MaxAttempts} attempts by {_givenUp.Count} entities, {_givenUp.First().Key} among them: "
            + $"{_givenUp.First().Value.Reason}"),
        [.. _givenUp.Values.Select(given => given.Operation)]);

    /// <summary>What one entity was not told in one round is told with what it was not told in another.</summary>
    private void GiveUp(EntityInstanceId id, EntityFacts operation, string reason)
    {
        string key = id.ToString();
        _givenUp[key] = _givenUp.TryGetValue(key, out (EntityFacts Operation, string Reason) earlier)
            ? (earlier.Operation.Merge(operation), reason)
            : (operation, reason);
    }

    private static TimeSpan Wait(int attempt) => TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << (attempt - 1), MaxWait.Ticks));
}

using CipherWatch.Core.Pipeline.Delivery;
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

    private readonly SortedDictionary<string, string> _failed = new(StringComparer.Ordinal);

    /// <summary>Calls an entity until it answers.</summary>
    /// <remarks>
    /// Every failure is tried again, those that say they are not to be retried among them: the death of the worker says so. There is
    /// no retry policy for calls of entities.
    /// </remarks>
    public async Task<Called<TAnswer>> CallAsync<TAnswer>(string entity, string key, object operation)
        where TAnswer : class
    {
        EntityInstanceId id = new(entity, EntityKeyText.Of(key));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new(true, await context.Entities.CallEntityAsync<TAnswer?>(id, Operation, operation));
            }
            catch (EntityOperationFailedException exception)
            {
                if (attempt == MaxAttempts)
                {
                    _failed[id.ToString()] = exception.FailureDetails.ErrorMessage;
                    return new(false, null);
                }
            }

            await context.CreateTimer(Wait(attempt), CancellationToken.None);
        }
    }

    /// <summary>Fails the orchestration where an entity was given up, so that it shows and the batch can be started again.</summary>
    /// <exception cref="InvalidOperationException">An entity was given up.</exception>
    public void ThrowIfAnyFailed()
    {
        if (_failed.Count > 0)
        {
            (string id, string reason) = _failed.First();
            throw new InvalidOperationException(
                $"{_failed.Count} entities did not take their facts in {MaxAttempts} attempts, {id} among them: {reason}");
        }
    }

    private static TimeSpan Wait(int attempt) => TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << (attempt - 1), MaxWait.Ticks));
}

/// <summary>What became of a call.</summary>
/// <param name="Succeeded">The entity took the operation.</param>
/// <param name="Answer">What it answered; null where it had nothing to say.</param>
internal readonly record struct Called<TAnswer>(bool Succeeded, TAnswer? Answer)
    where TAnswer : class
{
    /// <summary>The answers there are, in the order of the calls.</summary>
    public static TAnswer[] Answers(IEnumerable<Called<TAnswer>> calls) => [.. calls.Select(call => call.Answer).OfType<TAnswer>()];
}

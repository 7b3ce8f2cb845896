using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CipherWatch.Functions.Rejudging;

/// <summary>
/// Judges all entities again, page by page: each is called with facts that say nothing, and publishes what its state implies by the
/// settings that hold now.
/// </summary>
public static class RejudgeOrchestration
{
    /// <summary>Until every instance judges by the new version, or by none: see <see cref="LiveSettings"/>.</summary>
    private static readonly TimeSpan UntilAllKnow = LiveSettings.MaxAge + LiveSettings.PollInterval;

    /// <summary>Judges one page, and goes on with the next as a new run, so that its history stays short.</summary>
    [Function(nameof(RejudgeOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        RejudgeInput input = context.GetInput<RejudgeInput>()
            ?? throw new InvalidOperationException("An orchestration needs the version that it is for.");
        if (input.After is null)
        {
            await context.CreateTimer(UntilAllKnow, CancellationToken.None);
        }

        OpenEntities page = await context.CallActivityAsync<OpenEntities>(
            nameof(ListOpenEntities), new ListOpenEntitiesInput(input.After), PublishDetections.Retries);
        if (page.Part.Facts.Count > 0)
        {
            await BatchOrchestration.DeliverAsync(context, page.Part);
        }

        if (page.Next is { } next)
        {
            context.ContinueAsNew(input with { After = next });
            return;
        }

        await context.CallActivityAsync(nameof(NoteJudgedVersion), input.Version, PublishDetections.Retries);
    }
}

/// <summary>What to judge again, and where to go on.</summary>
/// <param name="Version">The version of the settings that asked for it.</param>
/// <param name="After">Where the page before ended; null for the first.</param>
public sealed record RejudgeInput(string Version, string? After);

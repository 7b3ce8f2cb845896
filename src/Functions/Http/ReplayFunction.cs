using System.Net;
using System.Text.Json;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Http;

/// <summary><c>POST /api/deadletters/replay</c>: dead letters are read again, once the cause is gone.</summary>
public sealed class ReplayFunction(IDeadLetterStore store, LetterReplay replay, CallerCheck callers)
{
    /// <summary>Batches that one request replays unless it says otherwise.</summary>
    private const int DefaultMax = 10;

    /// <summary>Batches that one request replays at most.</summary>
    private const int MaxBatches = 100;

    /// <summary>Names in the query.</summary>
    internal static readonly string[] Parameters = ["after", "max", "prefix"];

    /// <summary>
    /// Replays the batches whose name begins with <c>prefix</c> (<c>windows/2026/03</c>), in name order, those up to <c>after</c> left
    /// out; answers what became of each, and <c>next</c> to go on after where there are more.
    /// </summary>
    [Function("ReplayDeadLetters")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "deadletters/replay")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (callers.Refusal(request) is { } refusal)
        {
            return refusal;
        }

        QueryText query = new(request.Query, Parameters);
        int max = query.Number("max", 1, MaxBatches) ?? DefaultMax;
        if (query.Error is { } error)
        {
            return JsonAnswer.Error(HttpStatusCode.BadRequest, error);
        }

        try
        {
            (List<ReplayOutcome> outcomes, string? next) = await ReplayAsync(
                query.Text("prefix"), query.Text("after"), max, client, cancellationToken).ConfigureAwait(false);
            return JsonAnswer.Of(HttpStatusCode.OK, writer => Write(writer, outcomes, next));
        }
        catch (BacklogException backlog)
        {
            return JsonAnswer.Busy($"{backlog.Message} Ask again: what was replayed is not replayed twice.");
        }
    }

    private async Task<(List<ReplayOutcome> Outcomes, string? Next)> ReplayAsync(
        string? prefix, string? after, int max, DurableTaskClient client, CancellationToken cancellationToken)
    {
        List<string> names = [];
        bool more = false;
        await foreach (string name in store.NamesAsync(prefix, after, cancellationToken).ConfigureAwait(false))
        {
            if (names.Count == max)
            {
                more = true;
                break;
            }

            names.Add(name);
        }

        List<ReplayOutcome> outcomes = [];
        foreach (string name in names)
        {
            if (await replay.ReplayAsync(name, client, cancellationToken).ConfigureAwait(false) is { } outcome)
            {
                outcomes.Add(outcome);
            }
        }

        return (outcomes, more ? names[^1] : null);
    }

    private static void Write(Utf8JsonWriter writer, List<ReplayOutcome> outcomes, string? next)
    {
        writer.WriteStartArray("batches");
        foreach (ReplayOutcome outcome in outcomes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", outcome.Name);
            writer.WriteNumber("letters", outcome.Letters);
            writer.WriteNumber("observed", outcome.Observed);
            writer.WriteNumber("left", outcome.Left);
            writer.WriteBoolean("settled", outcome.IsSettled);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (next is not null)
        {
            writer.WriteString("next", next);
        }
    }
}

using System.Net;
using System.Text.Json;
using CipherWatch.Functions.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Http;

/// <summary><c>POST /api/ingest/{source}</c>: telemetry in a request, through the same handler as the event hubs' batches.</summary>
public sealed class IngestFunction(BatchHandler handler, CallerCheck callers)
{
    /// <summary>
    /// Takes telemetry in any format, plain, gzip or zip; answers 202 once it is delivered or kept for good, 503 where too much is under
    /// way.
    /// </summary>
    [Function("Ingest")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "ingest/{source}")] HttpRequest request,
        string source,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return callers.Refusal(request) ?? await TakeAsync(request, source, client, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The same by a function key, which the host has checked, for shippers that cannot sign in; switched off unless a deployment asks
    /// for it.
    /// </summary>
    [Function("KeyedIngest")]
    public async Task<IResult> RunWithKeyAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "keyed/ingest/{source}")] HttpRequest request,
        string source,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return callers.KeysLetIn
            ? await TakeAsync(request, source, client, cancellationToken).ConfigureAwait(false)
            : JsonAnswer.Error(HttpStatusCode.NotFound, "Function keys let nobody in here: sign in to Microsoft Entra ID, at /api/ingest.");
    }

    private async Task<JsonAnswer> TakeAsync(
        HttpRequest request, string source, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (Families.Named(source) is not { } family)
        {
            return JsonAnswer.Error(
                HttpStatusCode.NotFound, $"There is no source '{source}'. The sources are: {string.Join(", ", Families.All)}.");
        }

        RequestBody body = await RequestBody.ReadAsync(request, decompress: true, cancellationToken).ConfigureAwait(false);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        if (body.IsBlank)
        {
            return JsonAnswer.Error(HttpStatusCode.BadRequest, "The body is empty. Send telemetry records, one a line, plain or gzip.");
        }

        try
        {
            BatchOutcome outcome = await handler.HandleAsync(
                IncomingBatch.OfRequest(family, body.Parts, request.ContentType), client, cancellationToken).ConfigureAwait(false);
            return JsonAnswer.Of(HttpStatusCode.Accepted, writer => Write(writer, outcome));
        }
        catch (BacklogException backlog)
        {
            // What was kept is kept under the batch's id: the same body again starts only what is missing.
            return JsonAnswer.Busy($"{backlog.Message} Send the same body again.");
        }
    }

    private static void Write(Utf8JsonWriter writer, BatchOutcome outcome)
    {
        writer.WriteNumber("records", outcome.Records);
        writer.WriteNumber("observed", outcome.Observed);
        writer.WriteNumber("skipped", outcome.Skipped);
        writer.WriteNumber("deadLettered", outcome.DeadLettered);
        writer.WriteNumber("unread", outcome.Unread);
        writer.WriteNumber("observations", outcome.Observations);
        writer.WriteNumber("operations", outcome.Operations);
        writer.WriteStartArray("instances");
        foreach (string instance in outcome.Instances)
        {
            writer.WriteStringValue(instance);
        }

        writer.WriteEndArray();
    }
}

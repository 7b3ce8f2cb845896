using System.Net;
using System.Text.Json;
using CipherWatch.Functions.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Http;

/// <summary><c>POST /api/ingest/{source}</c>: telemetry in a request, through the same handler as the event hubs' batches.</summary>
public sealed class IngestFunction(BatchHandler handler)
{
    /// <summary>Takes NDJSON, JSON, XML or log lines, plain or gzip; answers how many records it held.</summary>
    [Function("Ingest")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "ingest/{source}")] HttpRequestData request,
        string source,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Families.Named(source) is not { } family)
        {
            return await JsonAnswer.ErrorAsync(
                request, HttpStatusCode.NotFound, $"There is no source '{source}'. The sources are: {string.Join(", ", Families.All)}.",
                    cancellationToken).ConfigureAwait(false);
        }

        RequestBody body = await RequestBody.ReadAsync(request, decompress: true, cancellationToken).ConfigureAwait(false);
        if (body.Error is { } error)
        {
            return await JsonAnswer.ErrorAsync(request, body.Status, error, cancellationToken).ConfigureAwait(false);
        }

        if (body.IsBlank)
        {
            return await JsonAnswer.ErrorAsync(
                request, HttpStatusCode.BadRequest, "The body is empty. Send telemetry records, one a line, plain or gzip.",
                    cancellationToken).ConfigureAwait(false);
        }

        BatchOutcome outcome = await handler.HandleAsync(
            IncomingBatch.OfRequest(family, body.Parts, RequestBody.ContentTypeOf(request)), client, cancellationToken)
            .ConfigureAwait(false);
        return await JsonAnswer.WriteAsync(request, HttpStatusCode.Accepted, writer
            => Write(writer, outcome), cancellationToken).ConfigureAwait(false);
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

using System.Buffers;
using System.Net;
using System.Text.Json;
using CipherWatch.Core.Correlation.Delivery;
using CipherWatch.Functions.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Http;

/// <summary><c>POST /api/ingest/{source}</c>: telemetry in a request, through the same handler as the event hubs' batches.</summary>
public sealed class IngestFunction(BatchHandler handler)
{
    /// <summary>Longest request body, bytes, as it comes.</summary>
    public const int MaxBodyBytes = 8 << 20;

    private const int BufferBytes = 64 << 10;
    private static readonly string[] Sources = ["network", "sysmon"];

    /// <summary>Takes NDJSON, JSON, XML or log lines, plain or gzip; answers how many records it held.</summary>
    [Function("Ingest")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "ingest/{source}")] HttpRequestData request,
        string source,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Array.Find(Sources, known => known.Equals(source, StringComparison.OrdinalIgnoreCase)) is not { } name)
        {
            return await ErrorAsync(
                request, HttpStatusCode.NotFound, $"There is no source '{source}'. The sources are: {string.Join(", ", Sources)}.", cancellationToken).ConfigureAwait(false);
        }

        if (await ReadAsync(request.Body, cancellationToken).ConfigureAwait(false) is not { } raw)
        {
            return await ErrorAsync(
                request, HttpStatusCode.RequestEntityTooLarge,
                $"The body is longer than {MaxBodyBytes >> 20} MiB. Send it in pieces, cut between records, or gzip it.", cancellationToken).ConfigureAwait(false);
        }

        if (!BodyContent.TryRead(raw, out ReadOnlyMemory<byte> body, out string? reason))
        {
            return await ErrorAsync(request, HttpStatusCode.BadRequest, $"The body cannot be read: {reason}", cancellationToken).ConfigureAwait(false);
        }

        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return await ErrorAsync(
                request, HttpStatusCode.BadRequest, "The body is empty. Send telemetry records, one a line, plain or gzip.", cancellationToken).ConfigureAwait(false);
        }

        BatchOutcome outcome = await handler.HandleAsync(
            BatchId.OfBodies(name, [body]), [(body, new BodyOrigin(name, null, null, null, null))], client, cancellationToken).ConfigureAwait(false);
        return await AnswerAsync(request, HttpStatusCode.Accepted, writer => Write(writer, outcome), cancellationToken).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter writer, BatchOutcome outcome)
    {
        writer.WriteNumber("records", outcome.Records);
        writer.WriteNumber("observed", outcome.Observed);
        writer.WriteNumber("skipped", outcome.Skipped);
        writer.WriteNumber("deadLettered", outcome.DeadLettered);
        writer.WriteNumber("observations", outcome.Observations);
        writer.WriteNumber("operations", outcome.Operations);
        writer.WriteStartArray("instances");
        foreach (string instance in outcome.Instances)
        {
            writer.WriteStringValue(instance);
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads a body to its end; null when it is too long.</summary>
    private static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        byte[] buffer = new byte[BufferBytes];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (body.Length + read > MaxBodyBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static Task<HttpResponseData> ErrorAsync(
        HttpRequestData request, HttpStatusCode status, string message, CancellationToken cancellationToken) =>
        AnswerAsync(request, status, writer => writer.WriteString("error", message), cancellationToken);

    private static async Task<HttpResponseData> AnswerAsync(
        HttpRequestData request, HttpStatusCode status, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        HttpResponseData response = request.CreateResponse();
        response.StatusCode = status;
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        await response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        return response;
    }
}

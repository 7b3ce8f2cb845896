using System.Buffers;
using System.Net;
using System.Text.Json;
using CipherWatch.Core.Telemetry.Observations;
using Microsoft.Azure.Functions.Worker.Http;

namespace CipherWatch.Functions.Http;

/// <summary>Answers that are one JSON object.</summary>
internal static class JsonAnswer
{
    /// <summary>An object of one field, <c>error</c>: what is wrong and what to do.</summary>
    public static Task<HttpResponseData> ErrorAsync(
        HttpRequestData request, HttpStatusCode status, string message, CancellationToken cancellationToken) =>
        WriteAsync(request, status, writer => writer.WriteString("error", message), cancellationToken);

    /// <summary>An object whose fields are written by the caller.</summary>
    public static async Task<HttpResponseData> WriteAsync(
        HttpRequestData request, HttpStatusCode status, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, ObservationJson.Options))
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

using System.Buffers;
using System.Net;
using System.Text.Json;
using CipherWatch.Core.Telemetry.Observations;
using Microsoft.AspNetCore.Http;

namespace CipherWatch.Functions.Http;

/// <summary>An answer that is one JSON object.</summary>
/// <param name="status">Its status.</param>
/// <param name="json">The object, UTF-8.</param>
internal sealed class JsonAnswer(HttpStatusCode status, ReadOnlyMemory<byte> json) : IResult
{
    /// <summary>An object of one field, <c>error</c>: what is wrong and what to do.</summary>
    public static JsonAnswer Error(HttpStatusCode status, string message) => Of(status, writer => writer.WriteString("error", message));

    /// <summary>An object whose fields are written by the caller.</summary>
    public static JsonAnswer Of(HttpStatusCode status, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, ObservationJson.Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new(status, buffer.WrittenMemory);
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        HttpResponse response = httpContext.Response;
        response.StatusCode = (int)status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
    }
}

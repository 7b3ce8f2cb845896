using System.Buffers;
using System.Globalization;
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
    /// <summary>Seconds after which the same may be asked for again: about what a batch takes.</summary>
    private const int RetrySeconds = 30;

    private bool IsBusy => status == HttpStatusCode.ServiceUnavailable;

    /// <summary>An object of one field, <c>error</c>: what is wrong and what to do.</summary>
    public static JsonAnswer Error(HttpStatusCode status, string message) => Of(status, writer => writer.WriteString("error", message));

    /// <summary>The same, of what may be asked for again in a while.</summary>
    public static JsonAnswer Busy(string message) => Error(HttpStatusCode.ServiceUnavailable, message);

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
        if (IsBusy)
        {
            response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        }

        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
    }
}

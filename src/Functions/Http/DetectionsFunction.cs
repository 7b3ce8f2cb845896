using System.Net;
using System.Text.Json;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Sinks.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Http;

/// <summary><c>GET /api/detections</c>: what stands in the table, the latest revision of each, page by page.</summary>
public sealed class DetectionsFunction(StoredDetections detections, CallerCheck callers)
{
    private const int DefaultTop = 100;
    private const int MaxTop = 1_000;
    private static readonly string[] Analytics = ["AN0400", "AN0401", "AN0402", "AN0403", "AN0404"];
    private static readonly string[] Severities = [.. Enum.GetValues<Severity>().Select(severity => severity.Word())];
    private static readonly string[] Platforms = [.. Enum.GetValues<TelemetryPlatform>().Select(platform => platform.Word())];

    /// <summary>Names in the query.</summary>
    internal static readonly string[] Parameters =
    [
        "after", "analyticId", "destinationIp", "from", "host", "minConfidence", "platform", "severity", "superseded", "suppressed", "to",
        "top", "withdrawn",
    ];

    /// <summary>Answers one page of detections as they were published, and <c>next</c>, to be given as <c>after</c>.</summary>
    [Function("Detections")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "detections")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (callers.Refusal(request) is { } refusal)
        {
            return refusal;
        }

        QueryText query = new(request.Query, Parameters);
        DetectionFilter filter = FilterOf(query);
        int top = query.Number("top", 1, MaxTop) ?? DefaultTop;
        if (query.Error is { } error)
        {
            return JsonAnswer.Error(HttpStatusCode.BadRequest, error);
        }

        DetectionPage? page = await detections.PageAsync(filter, top, query.Text("after"), cancellationToken).ConfigureAwait(false);
        return page is null
            ? JsonAnswer.Error(HttpStatusCode.BadRequest, "after must be what an earlier answer to the same query gave as next.")
            : JsonAnswer.Of(HttpStatusCode.OK, writer => Write(writer, page));
    }

    private static DetectionFilter FilterOf(QueryText query) => new()
    {
        From = query.Time("from"),
        To = query.Time("to"),
        Host = query.Text("host")?.ToLowerInvariant(),
        AnalyticId = query.Word("analyticId", Analytics),
        Platform = query.Word("platform", Platforms),
        Severity = query.Word("severity", Severities),
        MinConfidence = query.Number("minConfidence", 0, 100),
        DestinationIp = query.Text("destinationIp"),
        WithSuppressed = query.Flag("suppressed"),
        WithSuperseded = query.Flag("superseded"),
        WithWithdrawn = query.Flag("withdrawn"),
    };

    private static void Write(Utf8JsonWriter writer, DetectionPage page)
    {
        writer.WriteStartArray("detections");
        foreach (string detection in page.Detections)
        {
            writer.WriteRawValue(detection);
        }

        writer.WriteEndArray();
        if (page.Next is { } next)
        {
            writer.WriteString("next", next);
        }
    }
}

using System.Net;
using CipherWatch.Core.Ingestion;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace CipherWatch.Functions.Http;

/// <summary>
/// <c>POST /api/score</c>: the verdict on payload samples, at once. Nothing is kept and nothing is correlated: samples that are to
/// count as evidence go to the <c>payload-samples</c> hub, or to <c>/api/ingest/payload-samples</c>.
/// </summary>
public static class ScoreFunction
{
    private const string RawContent = "application/octet-stream";

    /// <summary>
    /// Takes payload-sample records (docs/schemas/payload-sample.schema.json; one, several, or an array), or with the content type
    /// <c>application/octet-stream</c> the bytes of one sample as they are.
    /// </summary>
    [Function("Score")]
    public static async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "score")] HttpRequestData request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        bool raw = IsRaw(request);
        RequestBody body = await RequestBody.ReadAsync(request, decompress: !raw, cancellationToken).ConfigureAwait(false);
        if (body.Error is { } error)
        {
            return await JsonAnswer.ErrorAsync(request, body.Status, error, cancellationToken).ConfigureAwait(false);
        }

        ReadOnlyMemory<byte> content = body.Parts.Count == 0 ? default : body.Parts[0];
        if (content.IsEmpty)
        {
            return await JsonAnswer.ErrorAsync(
                request, HttpStatusCode.BadRequest,
                $"The body is empty. Send payload-sample records, or the bytes of one sample with the content type {RawContent}.",
                    cancellationToken).ConfigureAwait(false);
        }

        if (raw)
        {
            return await JsonAnswer.WriteAsync(
                request, HttpStatusCode.OK, writer
                    => SampleScores.WriteBytes(writer, content.Span), cancellationToken).ConfigureAwait(false);
        }

        SampleScores scores = SampleScores.OfRecords(content.Span);
        return scores.Scored == 0
            ? await JsonAnswer.ErrorAsync(request, HttpStatusCode.BadRequest, scores.WhyNone(RawContent), cancellationToken).ConfigureAwait(
                false)
            : await JsonAnswer.WriteAsync(request, HttpStatusCode.OK, scores.WriteFields, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsRaw(HttpRequestData request) =>
        request.Headers.TryGetValues("Content-Type", out IEnumerable<string>? types)
        && types.Any(type => type.TrimStart().StartsWith(RawContent, StringComparison.OrdinalIgnoreCase));
}

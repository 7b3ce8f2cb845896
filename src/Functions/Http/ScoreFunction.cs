using System.Net;
using CipherWatch.Core.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Http;

/// <summary>
/// <c>POST /api/score</c>: the verdict on payload samples, at once. Nothing is kept and nothing is correlated: samples that are to
/// count as evidence go to the <c>payload-samples</c> hub, or to <c>/api/ingest/payload-samples</c>.
/// </summary>
public sealed class ScoreFunction(CallerCheck callers)
{
    private const string RawContent = "application/octet-stream";

    /// <summary>
    /// Takes payload-sample records (docs/schemas/payload-sample.schema.json; one, several, or an array), or with the content type
    /// <c>application/octet-stream</c> the bytes of one sample as they are.
    /// </summary>
    [Function("Score")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "score")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return callers.Refusal(request) ?? await ScoreAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<JsonAnswer> ScoreAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        bool raw = request.ContentType?.TrimStart().StartsWith(RawContent, StringComparison.OrdinalIgnoreCase) == true;
        RequestBody body = await RequestBody.ReadAsync(request, decompress: !raw, cancellationToken).ConfigureAwait(false);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        ReadOnlyMemory<byte> content = body.Parts.Count == 0 ? default : body.Parts[0];
        if (content.IsEmpty)
        {
            return JsonAnswer.Error(
                HttpStatusCode.BadRequest,
                $"The body is empty. Send payload-sample records, or the bytes of one sample with the content type {RawContent}.");
        }

        if (raw)
        {
            return JsonAnswer.Of(HttpStatusCode.OK, writer => SampleScores.WriteBytes(writer, content.Span));
        }

        SampleScores scores = SampleScores.OfRecords(content.Span);
        return scores.Scored == 0
            ? JsonAnswer.Error(HttpStatusCode.BadRequest, scores.WhyNone(RawContent))
            : JsonAnswer.Of(HttpStatusCode.OK, scores.WriteFields);
    }
}

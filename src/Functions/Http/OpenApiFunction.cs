using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Http;

/// <summary><c>GET /api/openapi.json</c>: what the HTTP functions take and answer, as <c>docs/schemas/openapi.json</c>.</summary>
public sealed class OpenApiFunction(CallerCheck callers)
{
    private const string Resource = "openapi.json";

    /// <summary>Answers the document.</summary>
    [Function("OpenApi")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return callers.Refusal(request) ?? new JsonAnswer(HttpStatusCode.OK, Document());
    }

    /// <summary>The document, UTF-8.</summary>
    internal static byte[] Document()
    {
        using Stream stream = typeof(OpenApiFunction).Assembly.GetManifestResourceStream(Resource)!;
        byte[] document = new byte[stream.Length];
        stream.ReadExactly(document);
        return document;
    }
}

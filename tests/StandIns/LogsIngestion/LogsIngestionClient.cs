using System.IO.Compression;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Monitor.Ingestion;

/// <summary>
/// Stands in for the client of Azure.Monitor.Ingestion where that package is not served: the one method that is used, on the wire as
/// the service's reference describes it.
/// </summary>
/// <remarks>
/// After the public reference: https://learn.microsoft.com/azure/azure-monitor/logs/logs-ingestion-api-overview (address, version,
/// token, answer 204) and https://learn.microsoft.com/dotnet/api/azure.monitor.ingestion.logsingestionclient (names).
/// </remarks>
public class LogsIngestionClient
{
    private const string Scope = "https://monitor.azure.com//.default";
    private const string ApiVersion = "2023-01-01";
    private const int Taken = 204;

    private readonly Uri _endpoint;
    private readonly HttpPipeline _pipeline;

    /// <summary>A client of one endpoint.</summary>
    public LogsIngestionClient(Uri endpoint, TokenCredential credential, LogsIngestionClientOptions options)
    {
        _endpoint = endpoint;
        _pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, Scope));
    }

    /// <summary>Sends a JSON array of records, compressed where no encoding is given.</summary>
    /// <exception cref="RequestFailedException">The service refused it.</exception>
    public virtual async Task<Response> UploadAsync(
        string ruleId, string streamName, RequestContent content, string? contentEncoding = null, RequestContext? context = null)
    {
        CancellationToken cancellationToken = context?.CancellationToken ?? CancellationToken.None;
        using HttpMessage message = _pipeline.CreateMessage();
        Request request = message.Request;
        request.Method = RequestMethod.Post;
        request.Uri.Reset(new Uri(
            _endpoint,
            $"dataCollectionRules/{Uri.EscapeDataString(ruleId)}/streams/{Uri.EscapeDataString(streamName)}?api-version={ApiVersion}"));
        request.Headers.Add("Content-Type", "application/json");
        request.Headers.Add("Content-Encoding", contentEncoding ?? "gzip");
        request.Content = contentEncoding is null ? await CompressAsync(content, cancellationToken).ConfigureAwait(false) : content;
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Response.Status == Taken ? message.Response : throw new RequestFailedException(message.Response);
    }

    private static async Task<RequestContent> CompressAsync(RequestContent content, CancellationToken cancellationToken)
    {
        using MemoryStream compressed = new();
        await using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await content.WriteToAsync(gzip, cancellationToken).ConfigureAwait(false);
        }

        return RequestContent.Create(compressed.ToArray());
    }
}

/// <summary>Stands in for that client's options.</summary>
public class LogsIngestionClientOptions : ClientOptions;

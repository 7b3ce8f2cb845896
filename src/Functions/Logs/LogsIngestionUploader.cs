using Azure;
using Azure.Core;
using Azure.Monitor.Ingestion;
using CipherWatch.Sinks.LogAnalytics;

namespace CipherWatch.Functions.Logs;

/// <summary>Sends records by the Logs Ingestion API, signed in by identity. The client compresses them.</summary>
/// <param name="client">The client, which tries nothing again: <see cref="LogAnalyticsSink"/> does.</param>
/// <param name="ruleId">Immutable id of the collection rule.</param>
/// <param name="stream">Its stream.</param>
public sealed class LogsIngestionUploader(LogsIngestionClient client, string ruleId, string stream) : ILogUploader
{
    /// <summary>Makes one for an endpoint.</summary>
    internal static LogsIngestionUploader Create(
        Uri endpoint, string ruleId, string stream, TokenCredential credential, LogsIngestionClientOptions? options = null)
    {
        options ??= new();
        options.Retry.MaxRetries = 0;
        return new(new(endpoint, credential, options), ruleId, stream);
    }

    /// <inheritdoc/>
    public async Task UploadAsync(ReadOnlyMemory<byte> records, CancellationToken cancellationToken)
    {
        using RequestContent content = RequestContent.Create(records);
        RequestContext context = new() { CancellationToken = cancellationToken };
        await client.UploadAsync(ruleId, stream, content, contentEncoding: null, context).ConfigureAwait(false);
    }
}

using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Monitor.Ingestion;

namespace CipherWatch.Functions.Tests.Logs;

/// <summary>Plays the ingestion endpoint on this machine: takes records, or answers as a test says.</summary>
internal sealed class IngestionEndpoint : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public IngestionEndpoint()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _loop = RunAsync();
    }

    public int Port { get; }

    /// <summary>Calls that came, whatever became of them.</summary>
    public List<Call> Calls { get; } = [];

    /// <summary>What a call is answered with: a status, and what to wait for; 204 by itself.</summary>
    public Func<Call, (int Status, string? RetryAfter)> Answers { get; set; } = static _ => (204, null);

    /// <summary>Records that were taken.</summary>
    public IEnumerable<JsonElement> Taken => Calls.Where(call => call.Status == 204).SelectMany(call => call.Records);

    /// <summary>Options of a client whose calls come here, whatever address it has: tokens are sent over https only.</summary>
    public LogsIngestionClientOptions Options() => new() { Transport = new HttpClientTransport(new HttpClient(new ToLoopback(Port))) };

    public async ValueTask DisposeAsync()
    {
        if (_listener.IsListening)
        {
            _listener.Stop();
            await _loop;
            _listener.Close();
        }
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using MemoryStream body = new();
        await context.Request.InputStream.CopyToAsync(body);
        Call call = new(context.Request.RawUrl!, context.Request.Headers["Authorization"], Expand(body.ToArray()));
        (call.Status, string? retryAfter) = Answers(call);
        Calls.Add(call);
        context.Response.StatusCode = call.Status;
        if (retryAfter is not null)
        {
            context.Response.Headers["Retry-After"] = retryAfter;
        }

        context.Response.Close();
    }

    private static byte[] Expand(byte[] body)
    {
        using GZipStream gzip = new(new MemoryStream(body), CompressionMode.Decompress);
        using MemoryStream expanded = new();
        gzip.CopyTo(expanded);
        return expanded.ToArray();
    }

    internal sealed record Call(string Url, string? Authorization, byte[] Body)
    {
        public int Status { get; set; }

        public IReadOnlyList<JsonElement> Records => [.. JsonElement.Parse(Body).EnumerateArray()];
    }

    internal sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(string.Join(' ', requestContext.Scopes), DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class ToLoopback(int port) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http", Host = "127.0.0.1", Port = port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}

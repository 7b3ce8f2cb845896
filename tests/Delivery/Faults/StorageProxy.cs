using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace CipherWatch.Delivery.Tests.Faults;

/// <summary>Stands between workers and their storage: counts requests, and lets go wrong what it is told to.</summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private static readonly TimeSpan SlowBy = TimeSpan.FromMilliseconds(700);
    /// <summary>What the answer to a poll has less of, bytes, where there is no message.</summary>
    private const int EmptyQueueBytes = 200;

    private static readonly string[] HopHeaders = ["Connection", "Host", "Keep-Alive", "Transfer-Encoding", "Content-Length"];
    private static readonly string[] BackendParts =
        ["control", "workitems", "History", "Instances", "largemessages", "$batch", "journal", "Detections", "exporters", "health"];
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client;
    private readonly FaultPlan _faults;
    private readonly Dictionary<int, int> _targets;
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);

    private StorageProxy(WebApplication app, FaultPlan faults, Dictionary<int, int> targets)
    {
        _app = app;
        _faults = faults;
        _targets = targets;
        _client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false });
    }

    /// <summary>Its ports, in the order of the storage's.</summary>
    public IReadOnlyList<int> Ports => [.. _targets.Keys];

    /// <summary>Requests so far, by service and verb.</summary>
    public IReadOnlyDictionary<string, int> Requests => _requests;

    /// <summary>Starts it before storage that listens on ports.</summary>
    public static async Task<StorageProxy> StartAsync(IReadOnlyList<int> storage, FaultPlan faults)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            foreach (int _ in storage)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        WebApplication app = builder.Build();
        Dictionary<int, int> targets = [];
        StorageProxy proxy = new(app, faults, targets);
        app.Run(proxy.ForwardAsync);
        await app.StartAsync();
        ICollection<string> addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        foreach ((string address, int port) in addresses.Zip(storage))
        {
            targets.Add(new Uri(address).Port, port);
        }

        return proxy;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        int local = context.Connection.LocalPort;
        string service = ((string[])["blob", "queue", "table"])[Ports.ToList().IndexOf(local)];
        Fault fault = _faults.Next(context.Request.Headers.IfMatch.Count > 0);
        switch (fault)
        {
            case Fault.Away:
                context.Abort();
                return;
            case Fault.TooManyRequests:
                context.Response.Headers.RetryAfter = "1";
                await AnswerAsync(context, HttpStatusCode.TooManyRequests, "TooManyRequests");
                return;
            case Fault.InternalError:
                await AnswerAsync(context, HttpStatusCode.InternalServerError, "InternalError");
                return;
            case Fault.PreconditionFailed:
                await AnswerAsync(
                    context, HttpStatusCode.PreconditionFailed, service == "table" ? "UpdateConditionNotSatisfied" : "ConditionNotMet");
                return;
            case Fault.Slow:
                await Task.Delay(SlowBy);
                break;
        }

        try
        {
            using HttpRequestMessage request = await RequestAsync(context, _targets[local]);
            using HttpResponseMessage response = await _client.SendAsync(request, context.RequestAborted);
            await response.Content.LoadIntoBufferAsync(context.RequestAborted);
            if (fault == Fault.AnswerLost)
            {
                context.Abort();
                return;
            }

            Count(service, context, response);
            await CopyAsync(response, context.Response);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // The worker is gone, or the storage is.
            context.Abort();
        }
    }

    /// <summary>Polls that find nothing and leases that are renewed are there without a record too, and are counted apart.</summary>
    private void Count(string service, HttpContext context, HttpResponseMessage response)
    {
        string path = context.Request.Path.Value ?? string.Empty;
        bool lease = path.Contains("Partitions", StringComparison.OrdinalIgnoreCase);
        bool poll = service == "queue" && context.Request.Method == "GET" && response.Content.Headers.ContentLength is < EmptyQueueBytes;
        string kind = lease ? "lease" : poll ? "poll" : $"{service} {context.Request.Method}{Part(path)}";
        _requests.AddOrUpdate(kind, 1, (_, count) => count + 1);
    }

    /// <summary>Which of the backend's queues and tables it is; nothing for another.</summary>
    private static string Part(string path) =>
        Array.Find(BackendParts, part => path.Contains(part, StringComparison.OrdinalIgnoreCase)) is { } found ? $" {found}" : string.Empty;

    private static async Task<HttpRequestMessage> RequestAsync(HttpContext context, int port)
    {
        HttpRequest from = context.Request;
        string target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        HttpRequestMessage request = new(
            new(from.Method), new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{target}")));
        MemoryStream body = new();
        await from.Body.CopyToAsync(body);
        if (body.Length > 0 || from.ContentLength is not null)
        {
            request.Content = new ByteArrayContent(body.ToArray());
        }

        foreach ((string name, StringValues values) in from.Headers)
        {
            if (!HopHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return request;
    }

    private static async Task CopyAsync(HttpResponseMessage from, HttpResponse to)
    {
        to.StatusCode = (int)from.StatusCode;
        foreach ((string name, IEnumerable<string> values) in from.Headers.Concat(from.Content.Headers))
        {
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("Keep-Alive", StringComparison.OrdinalIgnoreCase))
            {
                to.Headers[name] = values.ToArray();
            }
        }

        await from.Content.CopyToAsync(to.Body);
    }

    private static async Task AnswerAsync(HttpContext context, HttpStatusCode status, string code)
    {
        context.Response.StatusCode = (int)status;
        context.Response.Headers["x-ms-error-code"] = code;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync(
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>Injected.</Message></Error>");
    }
}

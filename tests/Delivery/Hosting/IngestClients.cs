using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>A body, and the source that it is posted to.</summary>
internal sealed record Post(string Source, byte[] Body);

/// <summary>
/// Clients that post at once: each takes the next body and sends it until it is taken, to another worker where one has died or has too
/// much under way.
/// </summary>
/// <param name="posts">What they post.</param>
/// <param name="servers">The workers that listen now.</param>
internal sealed class IngestClients(IReadOnlyList<Post> posts, Func<IReadOnlyList<Uri>> servers) : IDisposable
{
    private const int Clients = 4;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(300);
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentQueue<Post> _left = new(posts);
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private int _taken;
    private int _turn;

    /// <summary>Bodies that were taken.</summary>
    public int Taken => _taken;

    /// <summary>What the app counted, by the names of its answer; a body that was sent again counts once.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Posts everything.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => PostAllAsync(stop)));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task PostAllAsync(CancellationToken stop)
    {
        while (_left.TryDequeue(out Post? post))
        {
            while (!await TryPostAsync(post, stop))
            {
                await Task.Delay(Wait, stop);
            }

            Interlocked.Increment(ref _taken);
        }
    }

    private async Task<bool> TryPostAsync(Post post, CancellationToken stop)
    {
        IReadOnlyList<Uri> listening = servers();
        if (listening.Count == 0)
        {
            return false;
        }

        Uri server = listening[Interlocked.Increment(ref _turn) % listening.Count];
        try
        {
            using ByteArrayContent content = new(post.Body);
            using HttpResponseMessage answer = await _http.PostAsync(new Uri(server, $"/api/ingest/{post.Source}"), content, stop);
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError)
            {
                return false;
            }

            string text = await answer.Content.ReadAsStringAsync(stop);
            Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{answer.StatusCode}: {text}");
            foreach (JsonProperty count in JsonElement.Parse(text).EnumerateObject())
            {
                if (count.Value.ValueKind == JsonValueKind.Number)
                {
                    _counts.AddOrUpdate(count.Name, count.Value.GetInt64(), (_, sum) => sum + count.Value.GetInt64());
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return false;
        }
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline;
using CipherWatch.Functions.DeadLetters;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>Holds of each detection the highest revision, as the table does.</summary>
internal sealed class DetectionStore : IDetectionSink
{
    public string Name => "test";

    public Dictionary<string, Detection> Held { get; } = new(StringComparer.Ordinal);

    public bool IsOut { get; set; }

    public Task PublishAsync(IReadOnlyList<Detection> detections, CancellationToken cancellationToken)
    {
        if (IsOut)
        {
            throw new InvalidOperationException("The sink is out.");
        }

        foreach (Detection detection in detections)
        {
            string id = detection.DetectionId.ToString();
            if (!Held.TryGetValue(id, out Detection? held) || held.Revision < detection.Revision)
            {
                Held[id] = detection;
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What stands, as lines in the order of final output, revisions left out.</summary>
    public IReadOnlyList<string> Standing() => Lines(Held.Values.Where(detection => !detection.Withdrawn));

    public static IReadOnlyList<string> Lines(IEnumerable<Detection> detections) =>
    [
        .. detections.OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId)
            .Select(detection => Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection with { Revision = 1 }))),
    ];
}

/// <summary>Holds dead letters by the names they are kept under, as the bytes that are written.</summary>
internal sealed class LetterStore : IDeadLetterStore
{
    private readonly SortedDictionary<string, string> _blobs = new(StringComparer.Ordinal);

    /// <summary>What is kept, a JSON object a line, by name.</summary>
    public IReadOnlyDictionary<string, string> Blobs => _blobs;

    /// <summary>All letters that are kept, by name and then in order.</summary>
    public IReadOnlyList<KeptLetter> Held => [.. _blobs.Values.SelectMany(Read)];

    public bool IsOut { get; set; }

    public Task KeepAsync(string name, IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken)
    {
        if (IsOut)
        {
            throw new InvalidOperationException("The store is out.");
        }

        using StreamReader reader = new(new LetterStream(letters));
        _blobs[name] = reader.ReadToEnd();
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> NamesAsync(
        string? prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string name in _blobs.Keys.Where(name => name.StartsWith(prefix ?? string.Empty, StringComparison.Ordinal)
            && (after is null || string.CompareOrdinal(name, after) > 0)).ToList())
        {
            await Task.Yield();
            yield return name;
        }
    }

    public Task<KeptBatch?> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(
        _blobs.TryGetValue(name, out string? lines) ? new KeptBatch(lines, Read(lines)) : null);

    public async Task<bool> ReplaceAsync(
        string name, string version, IReadOnlyList<KeptLetter> left, CancellationToken cancellationToken)
    {
        if (!_blobs.TryGetValue(name, out string? lines) || lines != version)
        {
            return false;
        }

        _blobs.Remove(name);
        if (left.Count > 0)
        {
            await KeepAsync(name, left, cancellationToken);
        }

        return true;
    }

    private static IReadOnlyList<KeptLetter> Read(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => LetterJson.Read(Encoding.UTF8.GetBytes(line)))];
}

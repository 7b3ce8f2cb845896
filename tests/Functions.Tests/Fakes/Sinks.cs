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

/// <summary>Holds dead letters by the names they are kept under.</summary>
internal sealed class LetterStore : IDeadLetterStore
{
    public Dictionary<string, KeptLetter> Held { get; } = new(StringComparer.Ordinal);

    public bool IsOut { get; set; }

    public Task KeepAsync(IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken)
    {
        if (IsOut)
        {
            throw new InvalidOperationException("The store is out.");
        }

        foreach (KeptLetter letter in letters)
        {
            Held[letter.Name] = letter;
        }

        return Task.CompletedTask;
    }
}

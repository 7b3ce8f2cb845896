using CipherWatch.Cli.Views;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Cli.Runs;

/// <summary>What captures held that could not be looked into, and what they do not say.</summary>
internal static class UnreadWarnings
{
    /// <summary>Kinds that are named; the rest is summed up.</summary>
    private const int MaxNamed = 4;

    /// <summary>The warnings, none where all packets were read and have times.</summary>
    public static IEnumerable<string> Of(IngestionCounts counts)
    {
        if (counts.UnreadPackets.Count > 0)
        {
            KeyValuePair<string, long>[] most =
                [.. counts.UnreadPackets.OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal)];
            IEnumerable<string> named = most.Take(MaxNamed).Select(kind => $"{SummaryText.Count(kind.Value, "packet")} of {kind.Key}");
            long others = most.Skip(MaxNamed).Sum(kind => kind.Value);
            string rest = others > 0 ? $", and {SummaryText.Count(others, "other packet")}" : string.Empty;
            yield return $"could not be looked into: {string.Join(", ", named)}{rest}. What they carry was not judged.";
        }

        if (counts.UndatedFlows > 0)
        {
            yield return $"{SummaryText.Count(counts.UndatedFlows, "captured flow")} without any time: dated by the file's own time.";
        }
    }
}

using System.Globalization;
using CipherWatch.Cli.Runs;

namespace CipherWatch.Cli.Views;

/// <summary>The figures of a run in a sentence.</summary>
internal static class SummaryText
{
    private const double BytesPerMegabyte = 1e6;

    /// <summary>What was read and what became of it.</summary>
    public static string Line(RunSummary summary) => string.Create(
        CultureInfo.InvariantCulture,
        $"{summary.Records:N0} records in {Count(summary.Files, "file")} ({summary.Bytes / BytesPerMegabyte:N1} MB): "
        + $"{summary.Observed:N0} observed, {summary.Skipped - summary.UnreadPackets:N0} skipped as irrelevant, "
        + $"{Unread(summary)}{summary.DeadLettered:N0} dead-lettered; "
        + $"{summary.Observations:N0} observations, {summary.ElapsedMs / 1000.0:N1} s. {Operations(summary)}");

    /// <summary>Packets that are skipped, and not because they are irrelevant.</summary>
    private static string Unread(RunSummary summary) => summary.UnreadPackets == 0
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"{summary.UnreadPackets:N0} skipped because they could not be read, ");

    /// <summary>What it would cost in Azure: entity operations by kind, and how many records each source brings for one.</summary>
    private static string Operations(RunSummary summary)
    {
        string kinds = string.Join(", ", summary.OperationsByKind.Where(kind => kind.Value > 0)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Value:N0} {kind.Key}")));
        string sources = string.Join(", ", summary.RecordsPerOperation
            .Select(source => string.Create(CultureInfo.InvariantCulture, $"{source.Key} {source.Value:N1}")));
        return Count(summary.Operations, "entity operation") + (kinds.Length > 0 ? $" ({kinds})" : string.Empty)
            + (sources.Length > 0 ? $"; records per operation: {sources}." : ".");
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(long count, string noun) =>
        Core.Pipeline.Reporting.RunHeadline.Count(count, noun);
}

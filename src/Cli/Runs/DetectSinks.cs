using Azure.Data.Tables;
using CipherWatch.Cli.Reports;
using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline;
using CipherWatch.Sinks;
using CipherWatch.Sinks.Tables;

namespace CipherWatch.Cli.Runs;

/// <summary>The sinks of a detection run. One that fails is reported, and the others still get theirs.</summary>
internal static class DetectSinks
{
    /// <summary>The table that is asked for; null where none is.</summary>
    /// <exception cref="UsageException">The connection or the name is malformed.</exception>
    public static IDetectionSink? Table(DetectOptions options)
    {
        if (options.Table is null)
        {
            return null;
        }

        // The local runner publishes once, always as revision 1: of two runs, the later one stands.
        return TableConnection.TryOpen(options.Table, options.TableName, out TableClient? client, out string? fault)
            ? new TableSink(client!, ReplaceWhen.SameOrHigherRevision)
            : throw new UsageException($"--table: {fault}");
    }

    /// <summary>Publishes to all; false when any failed.</summary>
    public static async Task<bool> PublishAsync(IEnumerable<IDetectionSink> sinks, IReadOnlyList<Detection> detections, TextWriter error)
    {
        bool all = true;
        foreach (IDetectionSink sink in sinks)
        {
            try
            {
                await sink.PublishAsync(detections, CancellationToken.None).ConfigureAwait(false);
            }
            catch (SinkException exception)
            {
                error.WriteLine(exception.Message);
                all = false;
            }
        }

        return all;
    }

    /// <summary>Writes the report where one is asked for; false when it could not be written.</summary>
    public static bool Report(string? path, DetectOutcome outcome, TextWriter error)
    {
        if (path is null)
        {
            return true;
        }

        try
        {
            File.WriteAllText(path, HtmlReport.Of(outcome));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{path}: cannot be written ({exception.Message.TrimEnd('.')}).");
            return false;
        }
    }
}

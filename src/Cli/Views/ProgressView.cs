using CipherWatch.Cli.Inputs;
using Spectre.Console;

namespace CipherWatch.Cli.Views;

/// <summary>A progress bar on standard error, for a person who waits.</summary>
internal static class ProgressView
{
    /// <summary>Stored bytes from which reading takes long enough to be shown: about a second's worth.</summary>
    private const long LongBytes = 16 << 20;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    /// <summary>Does the work, with a bar where somebody looks and the work is long.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="wanted">False under <c>--quiet</c>.</param>
    /// <param name="totalBytes">Stored bytes of all inputs.</param>
    /// <param name="tally">Counts the bytes as they are read.</param>
    /// <param name="work">The work.</param>
    public static void Show(Terminal terminal, bool wanted, long totalBytes, InputTally tally, Action work)
    {
        if (!wanted || !terminal.ErrorIsTerminal || totalBytes < LongBytes)
        {
            work();
            return;
        }

        terminal.ErrorConsole().Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new TransferSpeedColumn(
                    ), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("Reading", maxValue: totalBytes);
                using Timer timer = new(_ => task.Value = Math.Min(totalBytes, tally.StoredBytes), null, Refresh, Refresh);
                work();
                task.Value = totalBytes;
            });
    }
}

using System.Diagnostics.CodeAnalysis;

namespace CipherWatch.Functions.Health;

/// <summary>Something outside that the app cannot do without.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="ProbeAsync">Asks it for something small; throws where it does not answer.</param>
public sealed record Dependency(string Name, Func<CancellationToken, Task> ProbeAsync)
{
    /// <summary>How long it may take to answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks it.</summary>
    /// <returns>Why it does not answer, for a person; null where it does.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever it throws, it is the answer.")]
    public async Task<string?> FaultAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await ProbeAsync(either.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return $"It does not answer within {Patience.TotalSeconds:0} seconds.";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return FirstLine(exception.Message);
        }
    }

    /// <summary>The first line: what follows in a client's message are headers.</summary>
    private static string FirstLine(string message) => message.Split('\r', '\n')[0];
}

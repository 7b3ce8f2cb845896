namespace CipherWatch.Functions.Maintenance;

/// <summary>How long one run of a timer may go on: what is left is for the next.</summary>
internal sealed class TimeBudget(TimeProvider clock)
{
    /// <summary>Well below the time limit of a function, with a page's work to spare.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly long _from = clock.GetTimestamp();

    /// <summary>Whether there is time for another page.</summary>
    public bool HasTime => clock.GetElapsedTime(_from) < Limit;
}

using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Correlation.Clock;

/// <summary>What is known of one host's clocks.</summary>
/// <param name="Host">The host; empty in a state of the first schema, which did not name it.</param>
/// <param name="Clock">Its clocks; unknown where a batch saw only a process of the host.</param>
public sealed record ClockFacts(string Host, HostClock Clock) : IMergeable<ClockFacts>
{
    /// <inheritdoc/>
    public ClockFacts Merge(ClockFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Host.Length == 0 ? other.Host : Host, Clock.Merge(other.Clock));
    }
}

using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>Threads that another program started in a process.</summary>
public sealed record InjectionFacts : IMergeable<InjectionFacts>
{
    /// <summary>Full path of the program that started them.</summary>
    public required string Source { get; init; }

    /// <summary>When.</summary>
    public Sightings Threads { get; init; } = Sightings.None;

    /// <inheritdoc/>
    public InjectionFacts Merge(InjectionFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new() { Source = Source, Threads = Threads.MergeFew(other.Threads) };
    }
}

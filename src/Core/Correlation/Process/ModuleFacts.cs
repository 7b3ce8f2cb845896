using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>What is known of one library in one process, by its file name.</summary>
public sealed record ModuleFacts : IMergeable<ModuleFacts>
{
    private const int LatestCapacity = 8;

    /// <summary>Lower-case file name.</summary>
    public required string Name { get; init; }

    /// <summary>Full path as written.</summary>
    public string? Path { get; init; }

    /// <summary>When it was mapped.</summary>
    public Sightings Loads { get; init; } = Sightings.None;

    /// <summary>
    /// Of a process that only its number names: when it was mapped last, the latest first, so that each image that ran under the number
    /// has its own loads.
    /// </summary>
    public ImmutableArray<FactTime> Latest { get; init; } = [];

    /// <summary>The same with the loads of a span of time alone.</summary>
    /// <param name="isWithin">Whether a time is of the span.</param>
    public ModuleFacts Within(Func<FactTime, bool> isWithin)
    {
        Sightings loads = Loads.Within(isWithin);
        FactTime[] times = loads.First is null ? [.. Latest.Where(isWithin)] : [];

        // Which observation it was is not known any more.
        return this with
        {
            Latest = [],
            Loads = times.Length == 0 ? loads : new() { First = new Sighting(default, times[^1]), Last = new Sighting(default, times[0]) },
        };
    }

    /// <inheritdoc/>
    public ModuleFacts Merge(ModuleFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Name = Name,
            Path = Register.Merge(Path, other.Path),
            Loads = Loads.MergeFew(other.Loads),
            Latest = other.Latest.IsEmpty ? Latest : Latest.IsEmpty ? other.Latest
                : [.. Latest.Union(other.Latest).OrderDescending().Take(LatestCapacity)],
        };
    }
}

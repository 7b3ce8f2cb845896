using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>What is known of one library in one process, by its file name.</summary>
public sealed record ModuleFacts : IMergeable<ModuleFacts>
{
    /// <summary>Lower-case file name.</summary>
    public required string Name { get; init; }

    /// <summary>Full path as written.</summary>
    public string? Path { get; init; }

    /// <summary>When it was mapped.</summary>
    public Sightings Loads { get; init; } = Sightings.None;

    /// <inheritdoc/>
    public ModuleFacts Merge(ModuleFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new() { Name = Name, Path = Register.Merge(Path, other.Path), Loads = Loads.MergeFew(other.Loads) };
    }
}

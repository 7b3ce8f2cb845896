namespace CipherWatch.Functions.DeadLetters;

/// <summary>Keeps what could not be used. The event hub has no dead letters of its own.</summary>
public interface IDeadLetterStore
{
    /// <summary>Keeps the letters of one batch; keeping the same under the same name again changes nothing.</summary>
    /// <param name="name">The batch's, by <see cref="DeadLetterName"/>.</param>
    /// <param name="letters">The letters, at least one.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <remarks>Throws where they cannot be kept, so that the batch is read again and nothing vanishes.</remarks>
    Task KeepAsync(string name, IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken);

    /// <summary>Names of batches that letters are kept of, in name order.</summary>
    /// <param name="prefix">What they begin with; null for all.</param>
    /// <param name="after">The name after which to go on; null for the first.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    IAsyncEnumerable<string> NamesAsync(string? prefix, string? after, CancellationToken cancellationToken);

    /// <summary>The letters of one batch, in the order they were kept.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <returns>The letters and a mark of this version of them; null where there are none any more.</returns>
    Task<KeptBatch?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps what is left of a batch after a replay, and removes it where nothing is.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="left">The letters that are left.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <returns>False where somebody else changed them meanwhile: theirs stand.</returns>
    Task<bool> ReplaceAsync(string name, string version, IReadOnlyList<KeptLetter> left, CancellationToken cancellationToken);
}

/// <summary>Letters of a batch as they were read.</summary>
/// <param name="Version">A mark of this version of them.</param>
/// <param name="Letters">The letters.</param>
public sealed record KeptBatch(string Version, IReadOnlyList<KeptLetter> Letters);

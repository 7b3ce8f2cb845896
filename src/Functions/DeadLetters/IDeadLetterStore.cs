namespace CipherWatch.Functions.DeadLetters;

/// <summary>Keeps what could not be used. The event hub has no dead letters of its own.</summary>
public interface IDeadLetterStore
{
    /// <summary>Keeps letters; keeping the same again changes nothing.</summary>
    /// <remarks>Throws where they cannot be kept, so that the batch is read again and nothing vanishes.</remarks>
    Task KeepAsync(IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken);
}

namespace CipherWatch.Functions.Ingestion;

/// <summary>
/// What one batch may cost. What exceeds it is set aside whole, with the reason, and can be replayed: no content stops a partition.
/// </summary>
/// <remarks>
/// Facts of what was read before a limit was met stand: they are true, and reading the same again changes nothing. Reading costs about
/// a second for 50 MiB, so that a batch ends well within the ten minutes that <c>host.json</c> gives a function.
/// </remarks>
public sealed record BatchBudget
{
    /// <summary>The limits that ship.</summary>
    public static readonly BatchBudget Default = new();

    /// <summary>Bytes of one body after decompression: a 1 MB event at 64:1, three times what log text reaches.</summary>
    public int MaxBodyBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of the batch after decompression; checked before each body.</summary>
    public long MaxBytes { get; init; } = 256 << 20;

    /// <summary>Records of the batch; checked before each body.</summary>
    public long MaxRecords { get; init; } = 2_000_000;

    /// <summary>Dead letters that are kept one by one of one body; of more than this the body is kept whole instead.</summary>
    public int MaxBodyLetters { get; init; } = 1_000;

    /// <summary>Bytes of those.</summary>
    public long MaxBodyLetterBytes { get; init; } = 4 << 20;

    /// <summary>Dead letters that are kept one by one of the batch.</summary>
    public int MaxLetters { get; init; } = 10_000;

    /// <summary>Bytes of those.</summary>
    public long MaxLetterBytes { get; init; } = 64 << 20;
}

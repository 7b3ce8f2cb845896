namespace CipherWatch.Core.Pipeline.Reporting;

/// <summary>An input of which not one record could be read.</summary>
/// <param name="Input">What it is called.</param>
/// <param name="Records">Its records.</param>
/// <param name="Reasons">Why, the most frequent first.</param>
public sealed record FailedInput(string Input, long Records, IReadOnlyList<UnreadReason> Reasons);

/// <summary>What was read of the inputs of a run, and what could not be.</summary>
public sealed record ReadingAccount
{
    /// <summary>Records, whatever became of them.</summary>
    public required long Records { get; init; }

    /// <summary>Dead letters, and packets that could not be read.</summary>
    public required long Unread { get; init; }

    /// <summary>Why they could not be, the most frequent first.</summary>
    public IReadOnlyList<UnreadReason> Reasons { get; init; } = [];

    /// <summary>Inputs of which not one record could be read, in the order they came.</summary>
    public IReadOnlyList<FailedInput> FailedInputs { get; init; } = [];

    /// <summary>Inputs, files in containers each for itself.</summary>
    public long Inputs { get; init; }

    /// <summary>Inputs that could not be opened, or not read to their end, with the reason of each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Observations of connections, flows and payloads: all that analytics judge. Null where nothing was to be judged.</summary>
    public long? Judged { get; init; }

    /// <summary>Whether dead letters are kept, so that a person need not be told how.</summary>
    public bool KeepsDeadLetters { get; init; }
}

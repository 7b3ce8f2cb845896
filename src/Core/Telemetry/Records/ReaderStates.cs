namespace CipherWatch.Core.Telemetry.Records;

/// <summary>What a reader keeps of one input only.</summary>
internal interface IInputState
{
    /// <summary>Forgets the input before.</summary>
    void BeginInput();
}

/// <summary>Gives each <see cref="ReaderState{TState}"/> a place of its own.</summary>
internal static class ReaderStates
{
    private static int _count;

    /// <summary>The next place.</summary>
    public static int Next() => Interlocked.Increment(ref _count) - 1;
}

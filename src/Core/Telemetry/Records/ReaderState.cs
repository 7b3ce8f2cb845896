namespace CipherWatch.Core.Telemetry.Records;

/// <summary>Names what one format's reader keeps from record to record, such as the columns that a header line set.</summary>
/// <remarks>A reader holds one in a static field; the state itself lies in the <see cref="RecordContext"/> of the run.</remarks>
/// <typeparam name="TState">What is kept. One that holds for a single input implements <see cref="IInputState"/>.</typeparam>
/// <param name="create">Makes it as it is before the first record.</param>
internal sealed class ReaderState<TState>(Func<TState> create)
    where TState : class
{
    /// <summary>Its place in every context.</summary>
    public int Place { get; } = ReaderStates.Next();

    /// <summary>Makes the state as it is before the first record.</summary>
    public TState Create() => create();
}

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

namespace CipherWatch.Core.Telemetry.Records;

/// <summary>Names what one format's reader keeps from record to record, such as the columns that a header line set.</summary>
/// <remarks>A reader holds one in a static field; the state itself lies in the <see cref="RecordContext"/> of the run.</remarks>
/// <typeparam name="TState">What is kept. One that holds for a single input implements <see cref="IInputState"/>.</typeparam>
/// <param name="create">Makes it as it is before the first record.</param>
internal sealed class ReaderState<TState>(Func<RecordContext, TState> create) : StatePlace
    where TState : class
{
    /// <summary>State that hands nothing on by itself.</summary>
    public ReaderState(Func<TState> create)
        : this(_ => create())
    {
    }

    /// <inheritdoc/>
    public override object Create(RecordContext context) => create(context);
}

/// <summary>A place for state, whatever its type.</summary>
internal abstract class StatePlace
{
    private static int _count;

    /// <summary>Its place in every context; no other has it.</summary>
    public int Place { get; } = Interlocked.Increment(ref _count) - 1;

    /// <summary>Makes the state as it is before the first record.</summary>
    public abstract object Create(RecordContext context);
}

/// <summary>What a reader keeps of one input only.</summary>
internal interface IInputState
{
    /// <summary>Forgets the input before.</summary>
    void BeginInput();
}

/// <summary>An entry of several lines that stands open: a line that no format claims is a further one of it.</summary>
internal interface IOpenEntry
{
    /// <summary>Takes a further line; its outcome is the entry's.</summary>
    RecordResult Continue(ReadOnlySpan<byte> line);

    /// <summary>The entry has all its lines: reads it.</summary>
    void Close();
}

/// <summary>What a reader holds back until records that belong together have come.</summary>
internal interface IRunState
{
    /// <summary>The run has ended: what is held is read as it is.</summary>
    void Finish();
}

namespace CipherWatch.Mutation;

/// <summary>One change of the source.</summary>
/// <param name="Id">Its number: what the switch is set to.</param>
/// <param name="Room">The room it belongs to.</param>
/// <param name="File">Path under <c>src/Core</c>.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Kind">What kind of change.</param>
/// <param name="Was">The source changed.</param>
/// <param name="Is">What it becomes, in words or source.</param>
internal sealed record Mutant(int Id, string Room, string File, int Line, string Kind, string Was, string Is);

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>The tests did not end in time, or the process died: found, too.</summary>
    Hung,

    /// <summary>No test failed.</summary>
    Survived,

    /// <summary>No test runs it.</summary>
    Uncovered,
}

/// <summary>A mutant with what became of it.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="By">The test that failed, or how many passed.</param>
internal sealed record Outcome(Mutant Mutant, Fate Fate, string By);

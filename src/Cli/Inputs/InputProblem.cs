namespace CipherWatch.Cli.Inputs;

/// <summary>An input that could not be read, or not to its end. Any of them makes the exit code 1; the run goes on with the rest.</summary>
/// <param name="Input">The path as given, or the entry within a container.</param>
/// <param name="Reason">Why, for a person.</param>
internal sealed record InputProblem(string Input, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Input}: {Reason}";
}

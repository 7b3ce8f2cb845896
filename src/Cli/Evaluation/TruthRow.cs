using CipherWatch.Core.Identity;

namespace CipherWatch.Cli.Evaluation;

/// <summary>What is known of one process of labelled telemetry.</summary>
/// <param name="Host">Lower-case first label of its host.</param>
/// <param name="Guid">The recorder's GUID of the process, lower case, no braces; null where the platform has none.</param>
/// <param name="Pid">Process number; null where it is not said.</param>
/// <param name="Image">Path of its executable; empty where it is not said.</param>
/// <param name="Label"><c>c2</c> and <c>background</c> count; what is labelled otherwise is counted neither way.</param>
/// <param name="Family">The agent's family, or the session it was recorded in.</param>
/// <param name="Kind">The kind of implant, or of benign program.</param>
/// <param name="Destination"><c>address:port</c> it talks to, for findings that name no process; null where it is not said.</param>
/// <param name="Shows">What the telemetry shows of an implant: <c>payload</c>, <c>library</c>, <c>program</c>, <c>connection</c>.</param>
internal sealed record TruthRow(
    string Host, string? Guid, int? Pid, string Image, string Label, string Family, string Kind, string? Destination,
    IReadOnlyList<string> Shows)
{
    /// <summary>What the telemetry shows of it, as a group of which recall is asked.</summary>
    public string Visibility => Destination is null ? "a program, and no connection of its own"
        : Shows.Contains("payload") ? "payload"
        : Shows.Contains("library") ? "a cipher's library, no payload"
        : Shows.Count > 0 ? "neither payload nor a library"
        : "not said";

    /// <summary>An implant that talks to its server.</summary>
    public bool IsC2 => Label == "c2";

    /// <summary>A program that has nothing to do with an attack.</summary>
    public bool IsBackground => Label == "background";

    /// <summary>What two rows of one process share.</summary>
    public string Identity => Guid is { } guid ? $"{Host}|{guid}" : $"{Host}|{Pid}|{Image.ToUpperInvariant()}|{Destination}";

    /// <summary>The key of its process where it has a GUID.</summary>
    public ProcessKey? Key => Guid is { } guid ? ProcessKey.FromGuid(Host, guid) : null;
}

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>How far a scan got.</summary>
internal enum JsonStatus
{
    /// <summary>The object is whole.</summary>
    Complete,

    /// <summary>The text ends inside the object.</summary>
    Incomplete,

    /// <summary>The text is not JSON.</summary>
    Malformed,

    /// <summary>A line ends where none may, in a string or before the next record: the record was cut there.</summary>
    Cut,
}

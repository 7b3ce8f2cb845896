namespace CipherWatch.Benchmarks.Synthetic;

/// <summary>A Windows event before it is rendered.</summary>
/// <param name="Channel">Its channel.</param>
/// <param name="Provider">Its provider.</param>
/// <param name="Id">Its event id.</param>
/// <param name="Computer">Full computer name.</param>
/// <param name="Recorded">When it was recorded, UTC.</param>
/// <param name="Number">Record number.</param>
/// <param name="Data">Event data, in the provider's order.</param>
internal sealed record SyntheticEvent(
    string Channel,
    string Provider,
    int Id,
    string Computer,
    DateTime Recorded,
    long Number,
    IReadOnlyList<(string Name, string Value)> Data)
{
    /// <summary>The message text that shippers render beside the data.</summary>
    public string Message => $"{Title}:\r\n" + string.Join("\r\n", Data.Select(datum => $"{datum.Name}: {datum.Value}"));

    /// <summary>The kind of event as Windows words it.</summary>
    public string Title => Id switch
    {
        1 => "Process Create",
        3 => "Network connection detected",
        5 => "Process terminated",
        7 => "Image loaded",
        10 => "Process accessed",
        12 => "Registry object added or deleted",
        13 => "Registry value set",
        _ => "A handle to an object was requested",
    };
}

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>The names of formats, for an input whose format is known and not to be found from its content.</summary>
public static class FormatNames
{
    /// <summary>Windows events as XML.</summary>
    internal const string EventXml = "event-xml";

    /// <summary>NetFlow v5, NetFlow v9 and IPFIX as exporters send them.</summary>
    internal const string Datagram = "flow-datagram";

    /// <summary>Zeek logs, as JSON or as separated values.</summary>
    internal const string Zeek = "zeek";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. JsonFormats.All.Select(format => format.Name).Where(name => name != JsonFormats.Wrapped).Distinct(), EventXml, Datagram];

    /// <summary>Why a record cannot be of the format that was asked for.</summary>
    internal static string NotOf(string format) => $"Not a record of the format that was asked for, {format}.";
}

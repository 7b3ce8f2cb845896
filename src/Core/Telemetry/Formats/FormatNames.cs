namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>The names of formats, for an input whose format is known and not to be found from its content.</summary>
public static class FormatNames
{
    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. FormatTable.All.Where(format => !format.IsImplied).Select(format => format.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Why a record cannot be of the format that was asked for.</summary>
    internal static string NotOf(string format) => $"Not a record of the format that was asked for, {format}.";
}

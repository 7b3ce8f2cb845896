using System.Text.RegularExpressions;

namespace CipherWatch.Sinks.Tables;

/// <summary>The rules of Table storage for names of tables.</summary>
public static partial class TableName
{
    /// <summary>The table that detections go to unless another is named.</summary>
    public const string Default = "CipherWatchDetections";

    /// <summary>What is wrong with a name, for a person; null when nothing is.</summary>
    public static string? Fault(string name) => Valid().IsMatch(name) && !name.Equals("tables", StringComparison.OrdinalIgnoreCase)
        ? null
        : $"'{name}' is no name for a table: 3 to 63 letters and digits, a letter first, and not 'tables'.";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex Valid();
}

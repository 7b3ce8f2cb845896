using System.Globalization;
using CipherWatch.Cli.Usage;

namespace CipherWatch.Cli.Evaluation;

/// <summary>
/// Reads ground truth: separated by tabs, the first line names the columns. <c>host</c> and <c>label</c> are required, and one of
/// <c>process_guid</c>, <c>pid</c>, <c>destination</c>; <c>image, family, kind, file, evidence</c> are read where they are there.
/// </summary>
internal static class TruthFile
{
    private const string AllZeros = "00000000-0000-0000-0000-000000000000";

    /// <summary>The rows, one a process: where two files name one process, a row that says <c>c2</c> stands.</summary>
    /// <exception cref="UsageException">The file cannot be read, or a column or value is missing: the message says which.</exception>
    public static IReadOnlyList<TruthRow> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--truth {path}: cannot be read ({exception.Message.TrimEnd('.')}).");
        }

        string[] columns = lines.Length == 0 ? [] : lines[0].TrimStart('\uFEFF').Split('\t');
        if (!columns.Contains("host") || !columns.Contains("label")
            || !(columns.Contains("process_guid") || columns.Contains("pid") || columns.Contains("destination")))
        {
            throw new UsageException(
                $"--truth {path}: the first line must name the columns, separated by tabs: "
                + "host, label, and one of process_guid, pid, destination.");
        }

        return
        [
            .. lines.Skip(1).Select((line, index) => (Line: line, Number: index + 2)).Where(line => line.Line.Length > 0)
                .Select(line => Row(path, columns, line.Line.Split('\t'), line.Number))
                .GroupBy(row => row.Identity, StringComparer.Ordinal)
                .Select(same => same.FirstOrDefault(row => row.IsC2) ?? same.FirstOrDefault(row => !row.IsBackground) ?? same.First()),
        ];
    }

    private static TruthRow Row(string path, string[] columns, string[] cells, int number)
    {
        string? Cell(string column) => Array.IndexOf(columns, column) is >= 0 and var at && at < cells.Length
            && cells[at].Length > 0 ? cells[at] : null;
        string? guid = Cell("process_guid")?.Trim('{', '}').ToLowerInvariant();
        guid = guid == AllZeros ? null : guid;
        int? pid = int.TryParse(Cell("pid"), NumberStyles.None, CultureInfo.InvariantCulture, out int parsed) ? parsed : null;
        if (Cell("host") is not { } host || Cell("label") is not { } label
            || (guid is null && pid is null && Cell("destination") is null && Cell("image") is null))
        {
            throw new UsageException(
                $"--truth {path}, line {number.ToString(CultureInfo.InvariantCulture)}: "
                + "host, label, or what names the process is missing.");
        }

        string file = Cell("file") ?? string.Empty;
        return new(
            host.Split('.')[0].ToLowerInvariant(),
            guid,
            pid,
            Cell("image") ?? string.Empty,
            label,
            Cell("family") ?? (file.Length > 0 ? file.Split('_')[0] : "unnamed"),
            Cell("kind") ?? label,
            Cell("destination"),
            Cell("evidence")?.Split(',') ?? []);
    }
}

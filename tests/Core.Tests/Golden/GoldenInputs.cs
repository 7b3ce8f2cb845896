namespace CipherWatch.Core.Tests.Golden;

/// <summary>The inputs of the golden baselines, by the format that they are of: <c>tests/Golden/&lt;format&gt;/&lt;case&gt;/input.*</c>.</summary>
internal static class GoldenInputs
{
    /// <summary>Longest input that counts as one sample, bytes.</summary>
    private const int MaxSample = 20_000;

    public static readonly string Folder = Path.Combine(Repository.Root, "tests", "Golden");

    /// <summary>The folders of the formats.</summary>
    public static IEnumerable<string> Formats => Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder))
        .Where(format => Of(format).Any()).Order(StringComparer.Ordinal);

    /// <summary>All cases, as <c>format/case</c>.</summary>
    public static IEnumerable<string> Cases => Formats
        .SelectMany(format => Directory.EnumerateDirectories(Path.Combine(Folder, format)).Select(folder => $"{format}/{Path.GetFileName(folder)}"))
        .Order(StringComparer.Ordinal);

    /// <summary>The input files of a format, or of one of its cases.</summary>
    public static IEnumerable<string> Of(string format)
    {
        string folder = Path.Combine(Folder, format);
        return !Directory.Exists(folder) ? []
            : Directory.EnumerateFiles(folder, "input*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
    }

    /// <summary>The inputs of a format whole, and each record that is a line by itself.</summary>
    public static byte[][] Samples(string format) => [.. Of(format).SelectMany(path =>
    {
        byte[] input = File.ReadAllBytes(path);
        return Lines(input).Where(line => line is [(byte)'{' or (byte)'<', _, _, ..]).Append(input.Length > MaxSample ? input[..MaxSample] : input);
    })];

    /// <summary>The lines of an input without blanks at their ends; those that are empty left out.</summary>
    public static IEnumerable<byte[]> Lines(byte[] input)
    {
        for (int at = 0; at < input.Length;)
        {
            int end = Array.IndexOf(input, (byte)'\n', at) is >= 0 and var found ? found : input.Length;
            if (input.AsSpan(at, end - at).TrimEnd(" \t\r"u8) is { IsEmpty: false } line)
            {
                yield return line.ToArray();
            }

            at = end + 1;
        }
    }
}

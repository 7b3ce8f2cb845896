using System.Globalization;

namespace CipherWatch.Core.Tests;

/// <summary>What the compiler and <c>dotnet format</c> do not look at: the width of lines, and the length of files.</summary>
public class SourceStyleTests
{
    /// <summary>Lines of a file, at most: beyond it the file has more than one meaning.</summary>
    private const int MaxLines = 260;

    private static readonly string[] Folders =
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => "src/" + Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    private static readonly int MaxWidth = int.Parse(
        File.ReadLines(Path.Combine(Repository.Root, ".editorconfig")).First(line => line.StartsWith("max_line_length", StringComparison.Ordinal)).Split('=')[1],
        CultureInfo.InvariantCulture);

    public static TheoryData<string> Cases => [.. Folders];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lines_are_no_wider_than_the_editor_is_told(string folder) => Assert.Empty(
        from file in Files(folder)
        from line in File.ReadLines(file).Index()
        where line.Item.Length > MaxWidth
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1} is {line.Item.Length} wide");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Files_are_short(string folder) => Assert.Empty(
        from file in Files(folder)
        let lines = File.ReadLines(file).Count()
        where lines > MaxLines
        select $"{Path.GetRelativePath(Repository.Root, file)} has {lines} lines");

    [Fact]
    public void Projects_are_found() => Assert.Contains("src/Core", Folders);

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}

namespace CipherWatch.Core.Tests.Golden;

/// <summary>Every golden says which public documentation it was written from.</summary>
public class GoldenSourcesTests
{
    public static TheoryData<string> Formats => [.. GoldenInputs.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_folder_says_what_it_was_written_from(string format)
    {
        string own = Path.Combine(GoldenInputs.Folder, format, "README.md");
        string sources = File.ReadAllText(Path.Combine(GoldenInputs.Folder, "README.md"));
        Assert.True(
            File.Exists(own) || sources.Contains($"`{format}`", StringComparison.Ordinal),
            $"tests/Golden/{format} has no README.md and no row in tests/Golden/README.md.");
    }
}

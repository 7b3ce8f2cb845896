using System.Text.RegularExpressions;

namespace CipherWatch.Core.Tests;

/// <summary>The tests that docs/faults.md names are there.</summary>
public partial class FaultKindsTests
{
    [Fact]
    public void Each_test_that_is_named_exists()
    {
        string[] named = [.. Named().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "faults.md"))).Select(match => match.Groups[1].Value)];
        HashSet<string> tests = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => Test().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups[1].Value}"))];
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(tests));
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"public (?:async Task|void|bool|Property) (\w+)\(")]
    private static partial Regex Test();
}

using System.Text.RegularExpressions;

namespace CipherWatch.Infra.Tests.Policies;

/// <summary>No file of the app, its configuration or its documentation holds a connection string with a key, a key or a signature.</summary>
public partial class SecretTextTests
{
    private static readonly string[] Folders = ["src", "infra", "docs", ".ci", ".github"];
    private static readonly string[] Texts =
        [".cs", ".csproj", ".props", ".json", ".bicep", ".bicepparam", ".yaml", ".yml", ".md", ".kql", ".csv", ".sh", ".ps1", ""];

    [Fact]
    public void Files_hold_no_secret()
    {
        IReadOnlyList<string> files = Files();
        Assert.True(files.Count > 100);
        Assert.Empty(files.SelectMany(file => Found(File.ReadAllText(file)).Select(_ => file)));
    }

    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFy==")]
    [InlineData("Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmE=")]
    [InlineData("https://a.blob.example/c/b?sv=2025-01-01&sig=Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9v%3D")]
    [InlineData("InstrumentationKey=00000000-0000-0000-0000-000000000001")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    public void What_would_be_one_is_found(string secret) => Assert.Single(Found($"\"Storage\": \"{secret}\""));

    private static IReadOnlyList<string> Files() =>
    [
        .. Directory.GetFiles(Repository.Root).Concat(Folders.Where(folder => Directory.Exists(Repository.PathOf(folder)))
            .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)))
            .Where(file => Texts.Contains(Path.GetExtension(file))),
    ];

    private static IEnumerable<Match> Found(string text) => Secret().Matches(text);

    [GeneratedRegex(
        "AccountKey=[A-Za-z0-9+/]{20,}|SharedAccessKey=[A-Za-z0-9+/]{20,}|[?&]sig=[A-Za-z0-9%+/]{20,}|InstrumentationKey=[0-9a-f]{8}-"
        + "|-----BEGIN [A-Z ]*PRIVATE KEY-----")]
    private static partial Regex Secret();
}

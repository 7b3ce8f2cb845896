using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CipherWatch.Infra.Tests.Tools;

/// <summary>A result: what the language service says of a query, and what the evaluator makes of it.</summary>
/// <param name="Diagnostics">Empty where the query parses and binds.</param>
/// <param name="Columns">Columns of the result: name and type.</param>
/// <param name="Error">What the evaluator could not do; null where it ran.</param>
/// <param name="Rows">The rows.</param>
internal sealed record KustoAnswer(IReadOnlyList<string> Diagnostics, IReadOnlyList<string> Columns, string? Error,
    IReadOnlyList<JsonObject> Rows);

/// <summary>Kusto's language service and the evaluator over its tree, both under Node.js.</summary>
internal static class KustoService
{
    private const string Folder = "tests/Infra.Tests/kusto";

    private static readonly Lazy<(string? Folder, string? Reason)> Installed = new(Install);

    /// <summary>Whether the checks have to run: in CI nothing is skipped for want of a tool.</summary>
    private static bool IsRequired => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Runs a job; skips the test where there is no Node.js.</summary>
    public static IReadOnlyDictionary<string, KustoAnswer> Run(JsonObject job)
    {
        if (Installed.Value is not { Folder: { } folder })
        {
            Assert.False(IsRequired, Installed.Value.Reason!);
            Assert.Skip(Installed.Value.Reason!);
            return new Dictionary<string, KustoAnswer>();
        }

        Ran ran = Tool.Run(Tool.Find("node")!, [Path.Join(folder, "run.js")], folder, job.ToJsonString());
        Assert.True(ran.ExitCode == 0, ran.Error);
        return JsonNode.Parse(ran.Output)!.AsObject()
            .ToDictionary(pair => pair.Key, pair => Answer(pair.Value!.AsObject()), StringComparer.Ordinal);
    }

    private static KustoAnswer Answer(JsonObject answer) => new(
        [.. answer["diagnostics"]!.AsArray().Select(each => each!.ToString())],
        [.. answer["columns"]?.AsArray().Select(each => $"{each!["name"]}: {each["type"]}") ?? []],
        answer["error"]?.ToString(),
        [.. answer["rows"]?.AsArray().Select(each => each!.AsObject()) ?? []]);

    /// <summary>Puts the package that the lock file pins into the artifacts folder, beside a copy of the scripts.</summary>
    private static (string? Folder, string? Reason) Install()
    {
        if (Tool.Find("node") is null || Tool.Find("npm") is not { } npm)
        {
            return (null, "The checks of queries need Node.js with npm on the PATH, and neither or one of them is not there.");
        }

        string source = Repository.PathOf(Folder);
        string version = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Join(source, "package-lock.json"))))[..16];
        string folder = Repository.PathOf($"artifacts/kusto/{version}");
        using Mutex once = new(false, $"cipherwatch-kusto-{version}");
        once.WaitOne();
        try
        {
            if (!Directory.Exists(Path.Join(folder, "node_modules")))
            {
                Directory.CreateDirectory(folder);
                Copy(source, folder, "*.json");
                Ran ran = Tool.Run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder);
                if (ran.ExitCode != 0)
                {
                    return (null, $"'npm ci' for Kusto's language service failed: {ran.Error.Trim()} {ran.Output.Trim()}");
                }
            }

            Copy(source, folder, "*.js");
        }
        finally
        {
            once.ReleaseMutex();
        }

        return (folder, null);
    }

    private static void Copy(string source, string target, string pattern)
    {
        foreach (string file in Directory.EnumerateFiles(source, pattern))
        {
            File.Copy(file, Path.Join(target, Path.GetFileName(file)), overwrite: true);
        }
    }
}

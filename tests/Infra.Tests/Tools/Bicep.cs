using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CipherWatch.Infra.Tests.Tools;

/// <summary>The Bicep compiler that the project file pins.</summary>
internal static class Bicep
{
    /// <summary>What the snapshots are taken as: a subscription that is none.</summary>
    private const string Subscription = "00000000-0000-0000-0000-000000000001";

    /// <summary>A compiler of the pinned version elsewhere, for systems that the package has none for.</summary>
    private const string PathVariable = "CIPHERWATCH_BICEP";

    private static readonly bool IsPackaged = OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    private static readonly string? Program = Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path ? path
        : !IsPackaged ? null
        : typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "BicepPath").Value!.Replace('\\', Path.DirectorySeparatorChar);

    /// <summary>
    /// All that the linter and the compiler say of a file, warnings too: those leave the exit code at 0, so the list is read and not
    /// the code.
    /// </summary>
    public static IReadOnlyList<string> Lint(string file)
    {
        Ran ran = Run(["lint", file, "--diagnostics-format", "sarif"]);
        // SARIF goes to standard error when there is something to report, and to standard output when there is not.
        string report = ran.Output.Length > 0 ? ran.Output : ran.Error;
        using JsonDocument sarif = JsonDocument.Parse(report);
        return
        [
            .. sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Select(result => (Rule: result.GetProperty("ruleId"), Text: result.GetProperty("message").GetProperty("text")))
                .Select(result => $"{Path.GetFileName(file)}: {result.Rule.GetString()}: {result.Text.GetString()}"),
        ];
    }

    /// <summary>Builds a file and all its modules; what it says of any of them.</summary>
    public static (string Template, string Diagnostics) Build(string file)
    {
        Ran ran = Run(["build", file, "--stdout"]);
        return (ran.Output, ran.Error);
    }

    /// <summary>Takes or validates the snapshot of a parameter file.</summary>
    /// <param name="parameters">A <c>.bicepparam</c> file.</param>
    /// <param name="mode"><c>validate</c> or <c>overwrite</c>.</param>
    public static Ran Snapshot(string parameters, string mode) => Run(
        ["snapshot", parameters, "--mode", mode, "--subscription-id", Subscription, "--location", "westeurope"]);

    private static Ran Run(string[] arguments)
    {
        if (Program is null)
        {
            Assert.Skip($"The Bicep compiler is packaged for Linux x64 here; name one of the same version in {PathVariable}.");
        }

        return Tool.Run(Program, arguments);
    }
}

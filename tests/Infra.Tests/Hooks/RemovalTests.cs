using System.Diagnostics;
using CipherWatch.Infra.Tests.Tools;

namespace CipherWatch.Infra.Tests.Hooks;

/// <summary>What the hook asks of the Azure CLI before our group goes: run with a stand-in that writes down what it was asked.</summary>
public sealed class RemovalTests : IDisposable
{
    private const string Workspace = "/subscriptions/s/resourceGroups/rg-soc/providers/Microsoft.OperationalInsights/workspaces/log-soc";

    private readonly string _folder = Directory.CreateTempSubdirectory("cipherwatch-").FullName;

    private static string[] Listed =>
        Repository.Read("infra/hooks/workspace-resources.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void All_that_is_listed_is_removed_and_the_workbook_last()
    {
        (int code, string[] asked) = Run(
            "exit 0", ("CIPHERWATCH_WORKSPACE_RESOURCE_ID", Workspace), ("CIPHERWATCH_WORKBOOK_ID", "/workbook"));
        Assert.Equal(0, code);
        Assert.Equal(
            [
                .. Listed.Select(line => line.Split(' '))
                    .Select(line => $"rest --method delete --url {Workspace}{line[1]}?api-version={line[0]}"),
                "rest --method delete --url /workbook?api-version=2023-06-01",
            ],
            asked);
    }

    [Fact]
    public void Tables_are_kept_where_that_is_wanted()
    {
        (_, string[] asked) = Run("exit 0", ("CIPHERWATCH_WORKSPACE_RESOURCE_ID", Workspace), ("CIPHERWATCH_KEEP_TABLES", "true"));
        Assert.Equal(Listed.Length - 2, asked.Length);
        Assert.DoesNotContain(asked, line => line.Contains("/tables/", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_asked_for_a_workspace_of_ours()
    {
        (int code, string[] asked) = Run("exit 0");
        Assert.Equal(0, code);
        Assert.Empty(asked);
    }

    [Fact]
    public void What_is_gone_already_is_no_failure() =>
        Assert.Equal(0, Run("echo '(ResourceNotFound) gone' >&2; exit 3", ("CIPHERWATCH_WORKSPACE_RESOURCE_ID", Workspace)).Code);

    [Fact]
    public void What_cannot_be_removed_is_a_failure_and_the_rest_is_tried()
    {
        (int code, string[] asked) = Run("echo '(AuthorizationFailed) no' >&2; exit 1", ("CIPHERWATCH_WORKSPACE_RESOURCE_ID", Workspace));
        Assert.Equal(1, code);
        Assert.Equal(Listed.Length, asked.Length);
    }

    private (int Code, string[] Asked) Run(string answer, params (string Name, string Value)[] environment)
    {
        if (OperatingSystem.IsWindows() || Tool.Find("sh") is not { } shell)
        {
            Assert.Skip("There is no sh here.");
            return default;
        }

        string log = Path.Join(_folder, "log"), az = Path.Join(_folder, "az");
        File.WriteAllText(az, $"#!/bin/sh\necho \"$*\" >> '{log}'\n{answer}\n");
        File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ProcessStartInfo start = new(shell)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Repository.PathOf("infra/hooks/remove-from-workspace.sh"));
        start.Environment["PATH"] = $"{_folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, File.Exists(log) ? File.ReadAllLines(log) : []);
    }
}

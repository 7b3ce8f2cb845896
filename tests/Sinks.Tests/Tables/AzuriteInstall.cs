using System.Diagnostics;
using System.Security.Cryptography;

namespace CipherWatch.Sinks.Tests.Tables;

/// <summary>Puts the storage emulator that the lock file pins into the artifacts folder, once for all test runs.</summary>
internal static class AzuriteInstall
{
    private const string LockFile = "package-lock.json";

    /// <summary>The folder that holds the emulator, or why it could not be had.</summary>
    public static (string? Folder, string? Reason) Ensure()
    {
        if (Find("node") is null || Find("npm") is not { } npm)
        {
            return (null, "Azurite needs Node.js with npm on the PATH, and neither or one of them is not there.");
        }

        string root = RepositoryRoot();
        string source = Path.Join(root, "tests", "Sinks.Tests", "azurite");
        string version = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Join(source, LockFile))))[..16];
        string folder = Path.Join(root, "artifacts", "azurite", version);

        // Test projects run at the same time, and each may be the first to need it.
        using Mutex once = new(false, $"cipherwatch-azurite-{version}");
        once.WaitOne();
        try
        {
            return Directory.Exists(folder) ? (folder, null) : Install(npm, source, folder);
        }
        finally
        {
            once.ReleaseMutex();
        }
    }

    /// <summary>A program on the PATH; null when it is not there.</summary>
    public static string? Find(string program)
    {
        string[] names = OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd"] : [program];
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Join(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    private static (string? Folder, string? Reason) Install(string npm, string source, string folder)
    {
        // Under another name until it is whole, so that an install that was broken off is never taken for one.
        string partial = folder + ".partial";
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }

        Directory.CreateDirectory(partial);
        foreach (string file in (string[])["package.json", LockFile])
        {
            File.Copy(Path.Join(source, file), Path.Join(partial, file));
        }

        ProcessStartInfo start = new(npm)
        {
            WorkingDirectory = partial,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            return (null, $"'npm ci' for Azurite failed: {error.Trim()} {output.Result.Trim()}");
        }

        Directory.Move(partial, folder);
        return (folder, null);
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Join(folder, "global.json")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}

using System.Security.Cryptography;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary>A day of a fleet with an implant of every kind, made once and only read.</summary>
public sealed class FleetFolder : IAsyncLifetime
{
    /// <summary>Every kind of implant.</summary>
    public static readonly string[] Kinds =
    [
        "rc4-beacon", "aes-http", "aes-ecb", "xor", "low-and-slow", "injected-svchost", "smb-relay", "tcp-relay", "chacha-length-prefix",
        "python-pycryptodome", "launchd-agent", "esxi-reverse-tunnel", "esxi-ssh-tunnel", "tls-beacon", "plain-shell",
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Folder of the telemetry, with the ground truth.</summary>
    public string Telemetry => _folder["fleet"];

    /// <summary>The rows of the ground truth, by column.</summary>
    public IReadOnlyList<Dictionary<string, string>> Truth { get; private set; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Ran.Of("simulate", "--hosts", "30", "--seed", "3", "--implants", "all", "--out", Telemetry, "--quiet");
        string[][] rows = [.. (await File.ReadAllLinesAsync(_folder["fleet/truth.tsv"])).Select(line => line.Split('\t'))];
        Truth = [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>One hash of all files of a folder with their names.</summary>
    internal static string Hash(string folder)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

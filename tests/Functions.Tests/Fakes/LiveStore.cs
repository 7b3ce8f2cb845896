using System.Globalization;
using System.Text;
using CipherWatch.Functions.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>A blob of settings in memory, and what is kept beside it.</summary>
internal sealed class LiveStore : ISettingsStore
{
    private int _version;
    private string? _json;

    public string Name => "settings/settings.json";

    public bool IsShared { get; init; } = true;

    /// <summary>What is there; null for nothing.</summary>
    public string? Json
    {
        get => _json;
        set => (_json, _version) = (value, _version + 1);
    }

    /// <summary>Whether it can be reached.</summary>
    public bool IsOut { get; set; }

    /// <summary>How it fails then.</summary>
    public Exception Fault { get; init; } = new IOException("It is away.");

    /// <summary>Done once before the next replacement: what somebody else does meanwhile.</summary>
    public Action? Meanwhile { get; set; }

    public string? Good { get; set; }

    public string? Judged { get; set; }

    /// <summary>The settings that ship, as an app has them that is given none.</summary>
    public static LiveSettings Shipped() => Live(new FileSettings(null), TimeProvider.System);

    /// <summary>Settings that were read from a store once.</summary>
    public static LiveSettings Live(ISettingsStore store, TimeProvider clock)
    {
        LiveSettings live = new(store, clock, NullLogger<LiveSettings>.Instance);
        live.RefreshAsync(CancellationToken.None).GetAwaiter().GetResult();
        return live;
    }

    public Task<StoredSettings> ReadAsync(string? knownTag, CancellationToken cancellationToken)
    {
        string tag = Json is null ? "absent" : _version.ToString(CultureInfo.InvariantCulture);
        return IsOut ? throw Fault
            : Task.FromResult(new StoredSettings(tag, tag == knownTag || Json is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(Json)));
    }

    public Task KeepGoodAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        Good = Encoding.UTF8.GetString(json.Span);
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>?> ReadLastGoodAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Good is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(Good));

    public async Task<bool> ReplaceAsync(string tag, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        Action? meanwhile = Meanwhile;
        Meanwhile = null;
        meanwhile?.Invoke();
        if ((await ReadAsync(null, cancellationToken)).Tag != tag)
        {
            return false;
        }

        Json = Encoding.UTF8.GetString(json.Span);
        return true;
    }

    public Task<string?> ReadJudgedAsync(CancellationToken cancellationToken) => Task.FromResult(Judged);

    public Task KeepJudgedAsync(string version, CancellationToken cancellationToken)
    {
        Judged = version;
        return Task.CompletedTask;
    }
}

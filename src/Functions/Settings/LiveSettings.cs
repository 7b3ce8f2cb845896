using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Settings;

/// <summary>The settings that judge now: read again while the app runs, and replaced by a new version that has no mistake.</summary>
/// <remarks>
/// A version with a mistake is reported and not used: the last good one judges on. Nothing is judged by settings that were not looked
/// at for <see cref="MaxAge"/>: so when that time has passed since a change, every instance judges by the new version, and what is
/// open can be judged again once (<see cref="Rejudging.SettingsChanged"/>).
/// </remarks>
public sealed class LiveSettings(ISettingsStore store, TimeProvider clock, ILogger<LiveSettings> logger) : IDisposable
{
    /// <summary>How often the store is looked at.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30);

    /// <summary>How long ago the last look may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(90);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile State? _state;
    private volatile string? _unreachable;

    /// <summary>The settings to judge by.</summary>
    /// <exception cref="SettingsUnavailableException">They cannot be looked at: whoever asks tries again.</exception>
    public JudgingSettings Current => _state is { } state && (!store.IsShared || clock.GetElapsedTime(state.LookedAt) <= MaxAge)
        ? state.Settings
        : throw new SettingsUnavailableException(
            $"The settings {store.Name} could not be read for {MaxAge.TotalSeconds:0} seconds: {_unreachable ?? "not read yet"}.");

    /// <summary>Whether instances share the settings, so that a change reaches them all.</summary>
    public bool IsShared => store.IsShared;

    /// <summary>How things stand, for a person.</summary>
    public SettingsStatus Status => _state is { } state
        ? new(store.Name, state.Settings.Detection.Version, state.ReadAt, _unreachable ?? state.Problem)
        : new(store.Name, null, null, _unreachable ?? "not read yet");

    /// <summary>Looks whether there is another version, and takes it where it has no mistake.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long now = clock.GetTimestamp();
            StoredSettings found = await store.ReadAsync(_state?.Tag, cancellationToken).ConfigureAwait(false);
            State state = _state is { } known && found.Tag == known.Tag
                ? known
                : await TakeAsync(found, cancellationToken).ConfigureAwait(false);
            _state = state with { LookedAt = now };
            _unreachable = null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is (a refusal, no connection after all attempts, a time limit): what polls must go on.
            _unreachable = exception.Message;
            logger.LogError(exception, "The settings {Name} cannot be read", store.Name);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<State> TakeAsync(StoredSettings found, CancellationToken cancellationToken)
    {
        string? problem = found.Json is null
            && store.IsShared ? "It is not there: the shipped settings judge, or the last good ones." : null;
        if (found.Json is { } json)
        {
            if (SettingsFile.TryLoad(json, out DetectionSettings settings, out IReadOnlyList<string> errors))
            {
                await KeepGoodAsync(json, cancellationToken).ConfigureAwait(false);
                logger.LogInformation("Settings version {Version} of {Name} judge from now on", settings.Version, store.Name);
                return new(found.Tag, new(settings), clock.GetUtcNow(), null, 0);
            }

            problem = $"It is not used, because of a mistake: {string.Join(" ", errors)}";
            logger.LogError("The settings {Name} are not used: {Errors}", store.Name, string.Join(" ", errors));
        }

        JudgingSettings good = _state?.Settings ?? await LastGoodAsync(cancellationToken).ConfigureAwait(false);
        return new(found.Tag, good, _state?.ReadAt ?? clock.GetUtcNow(), problem, 0);
    }

    private async Task KeepGoodAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        try
        {
            await store.KeepGoodAsync(json, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // They judge all the same; what is lost is the copy for an instance that starts while the next version has a mistake.
            logger.LogWarning(exception, "The last good version of the settings {Name} could not be kept", store.Name);
        }
    }

    private async Task<JudgingSettings> LastGoodAsync(CancellationToken cancellationToken) => new(
        await store.ReadLastGoodAsync(cancellationToken).ConfigureAwait(false) is { } json
            && SettingsFile.TryLoad(json, out DetectionSettings settings, out _)
                ? settings
                : DetectionSettings.Default);

    private sealed record State(string Tag, JudgingSettings Settings, DateTimeOffset ReadAt, string? Problem, long LookedAt);
}

/// <summary>Settings, and what is made of them once.</summary>
public sealed class JudgingSettings(DetectionSettings detection)
{
    /// <summary>The settings.</summary>
    public DetectionSettings Detection { get; } = detection;

    /// <summary>Libraries of use.</summary>
    public ModuleFilter Modules { get; } = new(detection);

    /// <summary>Where what is said of flows goes.</summary>
    public FlowRoutes Routes { get; } = new(detection);
}

/// <summary>How the settings stand, for a person.</summary>
/// <param name="Name">Where they are read from.</param>
/// <param name="Version">The version that judges; null before the first.</param>
/// <param name="Since">Since when it does on this instance.</param>
/// <param name="Problem">What is wrong with what is there now; null where nothing is.</param>
public sealed record SettingsStatus(string Name, string? Version, DateTimeOffset? Since, string? Problem);

/// <summary>The settings cannot be looked at just now.</summary>
public sealed class SettingsUnavailableException : Exception
{
    /// <summary>Without a message, for serialisers only.</summary>
    public SettingsUnavailableException()
    {
    }

    /// <summary>With what happened.</summary>
    public SettingsUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With what happened and what made it.</summary>
    public SettingsUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

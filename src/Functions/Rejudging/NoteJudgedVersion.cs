using CipherWatch.Functions.Settings;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Rejudging;

/// <summary>Notes that all that was open has been judged by a version of the settings.</summary>
public sealed class NoteJudgedVersion(ISettingsStore store)
{
    /// <summary>Notes it.</summary>
    [Function(nameof(NoteJudgedVersion))]
    public Task RunAsync([ActivityTrigger] string version, CancellationToken cancellationToken) =>
        store.KeepJudgedAsync(version, cancellationToken);
}

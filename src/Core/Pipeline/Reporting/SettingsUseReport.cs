using System.Collections.Immutable;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Reporting;

/// <summary>
/// What each suppression and exemption did in a run. Of lists that ship only what hit something is told; of a settings file everything.
/// </summary>
public static class SettingsUseReport
{
    /// <summary>Days before its end from which a suppression runs out soon, from the newest detection that it suppresses.</summary>
    public const int SoonDays = 14;

    /// <summary>The report, in the order of the settings.</summary>
    /// <param name="settings">What judged.</param>
    /// <param name="use">What was noted.</param>
    /// <param name="detections">The final detections.</param>
    internal static IReadOnlyList<EntryUse> Of(DetectionSettings settings, SettingsUse use, IReadOnlyList<Detection> detections) =>
    [
        .. Exemptions(nameof(settings.AllowedCryptoProcesses), settings, each => each.AllowedCryptoProcesses, use, EntryText.Of),
        .. Exemptions(nameof(settings.TrustedCryptoLibs), settings, each => each.TrustedCryptoLibs, use, EntryText.Of),
        .. Exemptions(nameof(settings.DoHResolvers), settings, each => each.DoHResolvers, use, EntryText.Of),
        .. Exemptions(nameof(settings.AllowedMgmtHosts), settings, each => each.AllowedMgmtHosts, use, EntryText.Of),
        .. Exemptions(nameof(settings.Proxies), settings, each => each.Proxies, use, EntryText.Of),
        .. settings.Suppressions.Select((suppression, index) => Of(suppression, index, use, detections)),
    ];

    private static EntryUse Of(Suppression suppression, int index, SettingsUse use, IReadOnlyList<Detection> detections)
    {
        Detection[] fitting =
            [.. detections.Where(detection => use.Fitting(detection.DetectionId).Any(fits => ReferenceEquals(fits, suppression)))];
        Detection[] hits = [.. fitting.Where(detection => suppression.HoldsAt(detection.Time))];
        HashSet<DetectionId> ids = [.. hits.Select(detection => detection.DetectionId)];
        return new(nameof(DetectionSettings.Suppressions), index, EntryText.Of(suppression), hits.Length)
        {
            TakenAlong = detections.Count(detection => detection is { Suppressed: not null, SupersededBy: { } by }
                && ids.Contains(by) && !ids.Contains(detection.DetectionId)),
            Expired = fitting.Length - hits.Length,
            Expires = suppression.Expires,
            ExpiresSoon = hits.Length > 0 && suppression.Expires <= hits.Max(detection => detection.Time).AddDays(SoonDays),
        };
    }

    private static IEnumerable<EntryUse> Exemptions<T>(
        string setting, DetectionSettings settings, Func<DetectionSettings, ImmutableArray<T>> of, SettingsUse use, Func<T, string> text)
        where T : class
    {
        ImmutableArray<T> entries = of(settings);
        bool isShipped = entries == of(DetectionSettings.Default);
        return entries.Select((entry, index) => new EntryUse(setting, index, text(entry), use.HitsOf(entry))
        {
            IsAtLeast = use.HitsOf(entry) >= SettingsUse.MaxCounted,
            IsShipped = isShipped,
        }).Where(entry => !isShipped || entry.Hits > 0);
    }
}

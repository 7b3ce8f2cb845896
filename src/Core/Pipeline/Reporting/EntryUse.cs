using System.Globalization;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Pipeline.Reporting;

/// <summary>What one suppression or exemption of the settings did in a run.</summary>
/// <param name="Setting">The setting it is a member of.</param>
/// <param name="Index">Its place there, from 0.</param>
/// <param name="Entry">What it says, for a person.</param>
/// <param name="Hits">Detections that it suppresses; of an exemption the processes or channels that it covers.</param>
public sealed record EntryUse(string Setting, int Index, string Entry, long Hits)
{
    /// <summary>Network findings that it suppresses with their process.</summary>
    public long TakenAlong { get; init; }

    /// <summary>Detections that it would fit had it not run out.</summary>
    public long Expired { get; init; }

    /// <summary>Until when it holds; null for ever, and for exemptions.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it runs out within <see cref="SettingsUseReport.SoonDays"/> days of the newest detection it suppresses.</summary>
    public bool ExpiresSoon { get; init; }

    /// <summary>Whether there are more hits than were counted.</summary>
    public bool IsAtLeast { get; init; }

    /// <summary>Whether it is of a list that ships, and not of the settings file.</summary>
    public bool IsShipped { get; init; }

    /// <summary>Whether it matched nothing, not even what it has run out for.</summary>
    public bool IsIdle => Hits == 0 && Expired == 0;

    /// <summary>Whether it suppresses; else it exempts.</summary>
    public bool IsSuppression => Setting == nameof(DetectionSettings.Suppressions);

    /// <summary>A line for a person.</summary>
    public override string ToString()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{Setting}[{Index}] ({Entry})");
        if (IsIdle)
        {
            return $"{name} matched nothing.";
        }

        return $"{name}{(IsSuppression ? Suppressed() : Covered())}{Ends()}.";
    }

    private string Covered()
    {
        string count = Hits.ToString("N0", CultureInfo.InvariantCulture);
        string what = Hits == 1 ? "process or channel" : "processes or channels";
        return $": covers {(IsAtLeast ? "at least " : string.Empty)}{count} {what}";
    }

    private string Suppressed()
    {
        string along = TakenAlong > 0 ? $", and {RunHeadline.Count(TakenAlong, "network finding")} with it" : string.Empty;
        return Hits > 0 ? $": {RunHeadline.Count(Hits, "detection")}{along}" : string.Empty;
    }

    private string Ends()
    {
        string stand = Expired == 1 ? "stands" : "stand";
        return Expired > 0
                ? $"{(Hits > 0 ? ";" : string.Empty)} ran out on {Date(Expires)}, and {RunHeadline.Count(Expired, "detection")} that it "
                    + $"fits {stand}"
            : ExpiresSoon ? $"; runs out soon, on {Date(Expires)}"
            : string.Empty;
    }

    private static string Date(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "?";
}

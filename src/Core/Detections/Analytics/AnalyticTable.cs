using System.Collections.Immutable;
using CipherWatch.Core.Detections.Analytics.An0400Windows;
using CipherWatch.Core.Detections.Analytics.An0401Linux;
using CipherWatch.Core.Detections.Analytics.An0402MacOs;
using CipherWatch.Core.Detections.Analytics.An0403Esxi;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>The analytics of processes, a row each. What the network alone tells is judged by <see cref="An0404Network"/>.</summary>
internal static class AnalyticTable
{
    /// <summary>One analytic a platform.</summary>
    public static readonly ImmutableArray<ProcessAnalytic> Rows =
    [
        new("AN0400", TelemetryPlatform.Windows, new WindowsRules()),
        new("AN0401", TelemetryPlatform.Linux, new LinuxRules()),
        new("AN0402", TelemetryPlatform.MacOs, new MacOsRules()),
        new("AN0403", TelemetryPlatform.Esxi, new EsxiRules()),
    ];

    /// <summary>The analytic of a platform's processes; null where there is none.</summary>
    public static ProcessAnalytic? Of(TelemetryPlatform platform)
    {
        foreach (ProcessAnalytic row in Rows)
        {
            if (row.Platform == platform)
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The platform that an analytic judges, by its id: of those that no row has, the network.</summary>
    public static TelemetryPlatform PlatformOf(string id)
    {
        foreach (ProcessAnalytic row in Rows)
        {
            if (row.Id == id)
            {
                return row.Platform;
            }
        }

        return TelemetryPlatform.Network;
    }
}

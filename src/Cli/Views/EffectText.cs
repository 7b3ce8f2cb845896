using System.Globalization;
using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline.WhatIf;

namespace CipherWatch.Cli.Views;

/// <summary>What other settings change, for a person.</summary>
internal static class EffectText
{
    /// <summary>A line a change, with the evidence that made the difference below it.</summary>
    public static string Of(SettingsEffect effect)
    {
        if (effect.DifferingSettings.Count == 0)
        {
            return "The two settings say the same: nothing changes.\n";
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Settings that differ: {string.Join(", ", effect.DifferingSettings)}.\n");
        foreach (DetectionChange change in effect.Changes)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                    $"\n{Heading(change)}  {VisibleText.Of(change.Detection.Host ?? "?")}  {VisibleText.Of(change.Detection.Title)}\n");
            text.Append(CultureInfo.InvariantCulture, $"  detection {change.Detection.DetectionId}, {change.Detection.AnalyticId}\n");
            foreach (EvidenceDifference evidence in change.Evidence)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                        $"  {Weight(evidence.Was),5} → {Weight(evidence.Is),5}  {evidence.Kind}: {VisibleText.Of(evidence.Detail)}\n");
            }

            text.Append(Because(change));
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{Counts(effect)}; {SummaryText.Count(effect.Unchanged, "detection")} unchanged.\n");
        return text.ToString();
    }

    private static string Heading(DetectionChange change) => change.Kind switch
    {
        ChangeKind.Gained => string.Create(CultureInfo.InvariantCulture, $"GAINED    {Grade(change.Is!)}"),
        ChangeKind.Lost => string.Create(CultureInfo.InvariantCulture, $"LOST      {Grade(change.Was!)}"),
        ChangeKind.Raised => string.Create(CultureInfo.InvariantCulture, $"RAISED    {Grade(change.Was!)} → {Grade(change.Is!)}"),
        ChangeKind.Lowered => string.Create(CultureInfo.InvariantCulture, $"LOWERED   {Grade(change.Was!)} → {Grade(change.Is!)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"REWEIGHED {Grade(change.Was!)} → {Grade(change.Is!)}"),
    };

    private static string Grade(Detection detection) =>
        string.Create(CultureInfo.InvariantCulture, $"{detection.Severity.Word()} {detection.Confidence}");

    private static string Weight(int? weight) => weight is { } points ? points.ToString("+0;-0;0", CultureInfo.InvariantCulture) : "none";

    private static string Because(DetectionChange change) => change.Settings.Count == 0
        ? "  No one of the settings does it alone.\n"
        : $"  Because of {string.Join(", ", change.Settings)}{(change.Evidence.Count == 0 ? ": the evidence is the same." : ".")}\n";

    private static string Counts(SettingsEffect effect) => effect.Changes.Count == 0
        ? "Nothing changes"
        : string.Join(", ", effect.Changes.CountBy(change => change.Kind).Select(
            count => $"{count.Value} {count.Key.ToString().ToLowerInvariant()}"));
}

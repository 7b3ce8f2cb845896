using System.Globalization;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>
/// Thresholds of randomness that benign payload suggests: from where all but one in a hundred samples that nothing names score lower.
/// Where that is the score of ciphertext, no threshold tells the two apart, and none is proposed.
/// </summary>
internal static class ThresholdProposals
{
    /// <summary>Samples that a percentile needs.</summary>
    private const int MinSamples = 100;

    /// <summary>
    /// From here a threshold would lose 11 % of ciphertext and more (z = −1.25): the programs that send it are to be allowed instead.
    /// </summary>
    private const double MaxThreshold = 7.6;

    private const int Percent = 99;

    /// <summary>Of macOS hosts, and of all others.</summary>
    public static BaselineResult Of(BaselineTally tally, DetectionSettings settings)
    {
        List<Proposal> proposals = [];
        List<Refusal> refusals = [];
        ILookup<bool, double> scores = tally.Scores.Values.ToLookup(
            sample => tally.MacAddresses.Contains(sample.Sender), sample => sample.Score);
        Add(nameof(DetectionSettings.EntropyThreshold), [.. scores[false].Order()], settings.EntropyThreshold);
        Add(
            nameof(DetectionSettings.PayloadEntropyThreshold), [.. scores[true].Order()],
            settings.PayloadEntropyThreshold ?? settings.EntropyThreshold);
        return new(proposals, refusals);

        void Add(string setting, double[] sorted, double inUse)
        {
            if (sorted.Length < MinSamples || Percentile(sorted) is var score && score < inUse)
            {
                return;
            }

            string reason = string.Create(
                CultureInfo.InvariantCulture, $"{Percent} % of {sorted.Length} samples that nothing names score less than {score:0.00}");
            double threshold = Math.Ceiling((score + 0.005) * 20) / 20;
            if (threshold <= MaxThreshold)
            {
                proposals.Add(new(setting, null, threshold.ToString("0.00", CultureInfo.InvariantCulture), reason));
            }
            else
            {
                refusals.Add(new(
                    setting, threshold.ToString("0.00", CultureInfo.InvariantCulture),
                    $"ciphertext scores that too; allow the programs that send it instead; {reason}"));
            }
        }
    }

    /// <summary>The nearest rank of sorted values.</summary>
    private static double Percentile(double[] sorted) =>
        sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * Percent / 100.0) - 1, 0, sorted.Length - 1)];
}

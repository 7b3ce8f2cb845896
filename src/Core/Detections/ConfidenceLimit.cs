namespace CipherWatch.Core.Detections;

/// <summary>What holds a confidence under the sum of its evidence, so that a card adds up.</summary>
/// <param name="Points">What is taken off, negative; or what is added where the sum is under nothing.</param>
/// <param name="Why">Why, for a person.</param>
public readonly record struct ConfidenceLimit(int Points, string Why)
{
    private const int Max = 100;

    /// <summary>The limit of a detection; null where the weights add up to its confidence.</summary>
    public static ConfidenceLimit? Of(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        int sum = detection.Evidence.Sum(evidence => evidence.Weight);
        int points = detection.Confidence - sum;
        return points == 0 ? null
            : points > 0 ? new(points, $"the evidence sums to {sum}, and a confidence is not under 0")
            : detection.Confidence >= Max ? new(points, $"the evidence sums to {sum}, and a confidence is {Max} at most")
            : detection.Technique == Techniques.AsymmetricCryptography
                ? new(points, $"the evidence sums to {sum}; a channel with a key exchange is held at {Confidence.High - 1}")
            : detection.Confidence == Confidence.Medium - 1
                ? new(points, $"the evidence sums to {sum}; what it lacks holds it at {Confidence.Medium - 1}, see the pieces of weight 0")
            : new(points, $"the evidence sums to {sum}; without payload that speaks, what the host shows is held at {Confidence.High - 1}");
    }
}

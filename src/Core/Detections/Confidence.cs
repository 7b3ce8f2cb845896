namespace CipherWatch.Core.Detections;

/// <summary>From evidence to confidence to severity. Source of the bounds: the definition of severity in the settings.</summary>
internal static class Confidence
{
    /// <summary>Under this, nothing is published.</summary>
    public const int Published = 20;

    /// <summary>From this, medium.</summary>
    public const int Medium = 40;

    /// <summary>From this, high.</summary>
    public const int High = 70;

    private const int Max = 100;

    /// <summary>The confidence of summed evidence, kept below high where it may not be high.</summary>
    /// <param name="sum">Sum of the weights.</param>
    /// <param name="mediumAtMost">Whether it may not be high: host evidence alone, or TLS on the channel.</param>
    public static int Of(int sum, bool mediumAtMost) => Math.Clamp(sum, 0, mediumAtMost ? High - 1 : Max);

    /// <summary>The confidence of summed evidence that may not be medium: nothing shows that anything was encrypted.</summary>
    public static int LowAtMost(int sum) => Math.Clamp(sum, 0, Medium - 1);

    /// <summary>The severity of a published confidence.</summary>
    public static Severity ToSeverity(int confidence) => confidence switch
    {
        >= High => Severity.High,
        >= Medium => Severity.Medium,
        _ => Severity.Low,
    };
}

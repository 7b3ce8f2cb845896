namespace CipherWatch.Core.Detections;

/// <summary>How much a detection asks for attention, from its confidence.</summary>
public enum Severity
{
    /// <summary>Confidence 20–39.</summary>
    Low,

    /// <summary>Confidence 40–69.</summary>
    Medium,

    /// <summary>Confidence 70–100.</summary>
    High,
}

/// <summary>The words that severities are shown by, in JSON and on screen.</summary>
public static class SeverityWords
{
    /// <summary>The word for a severity.</summary>
    public static string Word(this Severity severity) => severity switch
    {
        Severity.High => "high",
        Severity.Medium => "medium",
        _ => "low",
    };
}

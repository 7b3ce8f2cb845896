namespace CipherWatch.Core.Detections;

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

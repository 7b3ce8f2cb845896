using CipherWatch.Core.Detections;
using Microsoft.Extensions.Compliance.Redaction;

namespace CipherWatch.Functions.Privacy;

/// <summary>What leaves the app of a detection: command lines as the deployment wants them.</summary>
public sealed class DetectionPrivacy(IRedactorProvider redactors)
{
    private readonly Redactor _commandLines = redactors.GetRedactor(PrivateData.CommandLine);

    /// <summary>A detection as sinks may have it.</summary>
    public Detection Of(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        return detection.Process is not { CommandLine: { } line } process
            ? detection
            : detection with
            {
                Process = process with { CommandLine = _commandLines.Redact(line) is { Length: > 0 } kept ? kept : null },
            };
    }
}

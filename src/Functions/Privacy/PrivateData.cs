using Microsoft.Extensions.Compliance.Classification;

namespace CipherWatch.Functions.Privacy;

/// <summary>Kinds of data that a deployment may want to keep less of.</summary>
internal static class PrivateData
{
    /// <summary>Command lines: they hold names, addresses, and secrets that somebody passed as arguments.</summary>
    public static readonly DataClassification CommandLine = new("CipherWatch", nameof(CommandLine));
}

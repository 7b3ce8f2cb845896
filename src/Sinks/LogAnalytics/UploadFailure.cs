using Azure;
using Azure.Identity;

namespace CipherWatch.Sinks.LogAnalytics;

/// <summary>Says what went wrong with the ingestion endpoint, and what to look at.</summary>
internal static class UploadFailure
{
    /// <summary>The service's answer to a call with too many bytes.</summary>
    public const int TooLarge = 413;

    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const int NotFound = 404;
    private const int TooManyRequests = 429;

    /// <summary>A sentence for a person; null for what is no failure of the endpoint.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        AuthenticationFailedException => "The ingestion endpoint could not be signed in to: no identity of this environment was accepted.",
        RequestFailedException { Status: Unauthorized or Forbidden } refused =>
            $"The ingestion endpoint refused access ({refused.Status}): the role Monitoring Metrics Publisher on the collection rule is "
            + "needed, and takes up to 30 minutes to apply.",
        RequestFailedException { Status: NotFound } =>
            "The ingestion endpoint knows no such collection rule or stream (404): see CIPHERWATCH_LOGS__ruleId and __stream.",
        RequestFailedException { Status: TooManyRequests } => "The collection rule is throttled (429): 12,000 requests and 2 GB a minute.",
        RequestFailedException { Status: TooLarge } => "One detection is longer than a call may be (413).",
        RequestFailedException { Status: 0 } => "The ingestion endpoint cannot be reached.",
        RequestFailedException failed => $"The ingestion endpoint answered {failed.Status} ({failed.ErrorCode ?? "no reason given"}).",
        _ => null,
    };
}

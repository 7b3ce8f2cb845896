using System.Globalization;
using Azure;

namespace CipherWatch.Sinks.LogAnalytics;

/// <summary>Tries a call again while the service is busy, and waits as long as it asks for.</summary>
internal sealed class Throttle(TimeProvider clock)
{
    private const int MaxAttempts = 5;
    private const int TooManyRequests = 429;
    private const int RequestTimeout = 408;
    private const int ServerFault = 500;

    /// <summary>Wait before the first repetition where the service asks for none; each further one waits twice as long.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait: whoever is to wait longer fails, and the orchestration comes back later.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Runs a call.</summary>
    /// <exception cref="RequestFailedException">It was refused, or the service was busy each time.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await call(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RequestFailedException exception) when (attempt < MaxAttempts && IsBusy(exception)
                && Wait(exception, attempt) <= LongestWait)
            {
                await Task.Delay(Wait(exception, attempt), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Status 0 is no answer at all.</summary>
    private static bool IsBusy(RequestFailedException exception) =>
        exception.Status is 0 or TooManyRequests or RequestTimeout or >= ServerFault;

    private TimeSpan Wait(RequestFailedException exception, int attempt)
    {
        TimeSpan own = FirstWait * (1 << (attempt - 1));
        if (exception.GetRawResponse()?.Headers.TryGetValue("Retry-After", out string? value) != true)
        {
            return own;
        }

        // Seconds, or a date (RFC 9110, 10.2.3).
        TimeSpan asked = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset until)
                ? until - clock.GetUtcNow()
            : own;
        return asked > TimeSpan.Zero ? asked : TimeSpan.Zero;
    }
}

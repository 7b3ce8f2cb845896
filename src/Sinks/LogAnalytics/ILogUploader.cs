namespace CipherWatch.Sinks.LogAnalytics;

/// <summary>Sends records to a workspace.</summary>
public interface ILogUploader
{
    /// <summary>Sends one call's records.</summary>
    /// <param name="records">A JSON array of at most <see cref="LogAnalyticsSink.MaxCallBytes"/> bytes, UTF-8.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <exception cref="Azure.RequestFailedException">The service refused them; none of them was taken.</exception>
    Task UploadAsync(ReadOnlyMemory<byte> records, CancellationToken cancellationToken);
}

using System.Globalization;
using Azure.Data.Tables;

namespace CipherWatch.Sinks.Tables;

/// <summary>Which detections of a table are asked for; what is null leaves nothing out.</summary>
public sealed record DetectionFilter
{
    /// <summary>Earliest time of a detection.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Time that a detection lies before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The host, as detections name it.</summary>
    public string? Host { get; init; }

    /// <summary>The analytic.</summary>
    public string? AnalyticId { get; init; }

    /// <summary>The platform.</summary>
    public string? Platform { get; init; }

    /// <summary>The severity.</summary>
    public string? Severity { get; init; }

    /// <summary>Least confidence.</summary>
    public int? MinConfidence { get; init; }

    /// <summary>Address of the far end.</summary>
    public string? DestinationIp { get; init; }

    /// <summary>Suppressed ones too.</summary>
    public bool WithSuppressed { get; init; }

    /// <summary>Those too that a process's detection covers.</summary>
    public bool WithSuperseded { get; init; }

    /// <summary>Those too that the facts imply no longer.</summary>
    public bool WithWithdrawn { get; init; }

    /// <summary>The filter as the table service takes it; values are quoted by its client, so that none of them says more.</summary>
    public string ToOData()
    {
        List<string> parts = [];
        Add(From is { } from ? TableClient.CreateQueryFilter($"Time ge {from}") : null);
        Add(To is { } to ? TableClient.CreateQueryFilter($"Time lt {to}") : null);
        Add(Host is { } host ? TableClient.CreateQueryFilter($"Host eq {host}") : null);
        Add(AnalyticId is { } analytic ? TableClient.CreateQueryFilter($"AnalyticId eq {analytic}") : null);
        Add(Platform is { } platform ? TableClient.CreateQueryFilter($"Platform eq {platform}") : null);
        Add(Severity is { } severity ? TableClient.CreateQueryFilter($"Severity eq {severity}") : null);
        Add(MinConfidence is { } least ? TableClient.CreateQueryFilter($"Confidence ge {least}") : null);
        Add(DestinationIp is { } address ? TableClient.CreateQueryFilter($"DestinationIp eq {address}") : null);
        Add(WithSuppressed ? null : TableClient.CreateQueryFilter($"Suppressed eq {false}"));
        Add(WithWithdrawn ? null : TableClient.CreateQueryFilter($"Withdrawn eq {false}"));

        // A partition is the day of the earliest connection, which is never after the evidence's day by more than one.
        Add(From is { } first ? TableClient.CreateQueryFilter($"PartitionKey ge {Day(first, -1)}") : null);
        Add(To is { } last ? TableClient.CreateQueryFilter($"PartitionKey lt {Day(last, 2)}") : null);
        return string.Join(" and ", parts);

        void Add(string? part)
        {
            if (part is not null)
            {
                parts.Add(part);
            }
        }
    }

    private static string Day(DateTimeOffset time, int after)
    {
        DateTime day = time.UtcDateTime.Date;
        bool within = after < 0 ? day > DateTime.MinValue.AddDays(-after) : day < DateTime.MaxValue.Date.AddDays(-after);
        return (within ? day.AddDays(after) : day).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    }
}

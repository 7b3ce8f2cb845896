using System.Net;
using System.Text.Json;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;

namespace CipherWatch.Functions.Http;

/// <summary>
/// <c>GET /api/health</c>: each dependency, the settings, the last event of each source, and what could not be judged. 503 where a
/// dependency does not answer.
/// </summary>
public sealed class HealthFunction(
    IEnumerable<Dependency> dependencies, IHealthStore store, LiveSettings settings, IConfiguration configuration, TimeProvider clock,
    CallerCheck callers)
{
    private const string Orchestrations = "orchestrations";
    private const string SeenByInstances = "health table";

    /// <summary>Asks all of them at once.</summary>
    [Function("Health")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (callers.Refusal(request) is { } refusal)
        {
            return refusal;
        }

        DayTally seen = new();
        DateOnly yesterday = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        Dependency[] asked =
        [
            .. dependencies,
            new(Orchestrations, stop => client.GetInstanceAsync("health", stop)),
            new(SeenByInstances, async stop => seen = await store.ReadAsync(yesterday, stop).ConfigureAwait(false)),
        ];
        string?[] faults = await Task.WhenAll(asked.Select(each => each.FaultAsync(clock, cancellationToken))).ConfigureAwait(false);
        SettingsStatus settled = settings.Status;
        bool isOut = faults.Any(fault => fault is not null);
        bool isImpaired = settled.Problem is not null || seen.Undelivered > 0 || seen.Sinks.Values.Any(sink => sink.Fault is not null);
        return JsonAnswer.Of(isOut ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, writer =>
        {
            writer.WriteString("status", isOut ? "unhealthy" : isImpaired ? "degraded" : "healthy");
            writer.WriteString("release", configuration[AppSettings.Release]);
            Write(writer, settled);
            Write(writer, asked, faults);
            Write(writer, seen);
        });
    }

    private static void Write(Utf8JsonWriter writer, SettingsStatus settings)
    {
        writer.WriteStartObject("settings");
        writer.WriteString("from", settings.Name);
        writer.WriteString("version", settings.Version);
        TallyJson.Time(writer, "since", settings.Since);
        writer.WriteString("problem", settings.Problem);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Dependency[] asked, string?[] faults)
    {
        writer.WriteStartArray("dependencies");
        foreach ((Dependency dependency, string? fault) in asked.Zip(faults))
        {
            writer.WriteStartObject();
            writer.WriteString("name", dependency.Name);
            writer.WriteString("fault", fault);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, DayTally seen)
    {
        writer.WriteStartArray("sinks");
        foreach ((string sink, SinkState state) in seen.Sinks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", sink);
            TallyJson.Time(writer, "last", state.Time);
            writer.WriteString("fault", state.Fault);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("sources");
        foreach ((string source, long records) in seen.Records)
        {
            writer.WriteStartObject();
            writer.WriteString("name", source);
            writer.WriteNumber("records", records);
            Ingestion.LastSeen last = seen.Sources.GetValueOrDefault(source);
            TallyJson.Time(writer, "lastEvent", last.Event);
            TallyJson.Time(writer, "lastReceived", last.Received);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("deadLetters", seen.DeadLetters);
        writer.WriteNumber("unread", seen.Unread);
        writer.WriteNumber("undelivered", seen.Undelivered);
        writer.WriteStartArray("notJudged");
        foreach (string warning in seen.Gaps.Warnings())
        {
            writer.WriteStringValue(warning);
        }

        writer.WriteEndArray();
    }
}

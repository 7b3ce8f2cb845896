using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace CipherWatch.Functions.Telemetry;

/// <summary>Logs, traces and metrics by OpenTelemetry, to Application Insights where there is one, signed in by identity.</summary>
internal static class OpenTelemetryRegistration
{
    /// <summary>Where Application Insights is. The string holds an address and an instrumentation key, which lets nobody in.</summary>
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Adds it.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration, Lazy<TokenCredential> credential)
    {
        services.AddSingleton<AppMeter>();
        IOpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithMetrics(metrics => metrics.AddMeter(AppMeter.MeterName));
        if (configuration[ConnectionString] is { Length: > 0 } address)
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = address;
                options.Credential = credential.Value;
            });
        }
    }
}

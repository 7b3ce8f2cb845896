using CipherWatch.Core.Pipeline;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Privacy;
using CipherWatch.Functions.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>Makes the activity that publishes.</summary>
internal static class Publisher
{
    /// <summary>One over given sinks, by settings of the app.</summary>
    public static PublishDetections Of(
        IEnumerable<IDetectionSink> sinks, InstanceTally? instance = null, AppMeter? meter = null, params (string Name, string Value)[] settings) =>
        new(
            sinks,
            Privacy(settings),
            instance ?? new(TimeProvider.System),
            meter ?? Meters.Of(TimeProvider.System),
            new(),
            NullLogger<PublishDetections>.Instance);

    /// <summary>What leaves the app, by settings of the app.</summary>
    public static DetectionPrivacy Privacy(params (string Name, string Value)[] settings)
    {
        ServiceCollection services = new();
        services.AddPrivacy(Web.Configuration(settings));
        return services.BuildServiceProvider().GetRequiredService<DetectionPrivacy>();
    }
}

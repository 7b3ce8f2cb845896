using System.Diagnostics.Metrics;
using CipherWatch.Functions.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>Makes meters that a test can listen to by themselves.</summary>
internal static class Meters
{
    public static AppMeter Of(TimeProvider clock) => Of(clock, out _);

    public static AppMeter Of(TimeProvider clock, out IMeterFactory factory)
    {
        factory = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new(factory, clock);
    }
}

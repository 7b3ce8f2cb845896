using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Pipeline;

public class TelemetryGapsTests
{
    [Theory]
    [InlineData(TelemetryPlatform.Windows, "Connection", "No library loads (Sysmon event 7)")]
    [InlineData(TelemetryPlatform.Windows, "ProcessStart ModuleLoad", "No connections (Sysmon event 3)")]
    [InlineData(TelemetryPlatform.Linux, "Connection", "No library loads in the Linux telemetry")]
    [InlineData(TelemetryPlatform.Linux, "ModuleLoad", "No connections in the Linux telemetry")]
    [InlineData(TelemetryPlatform.MacOs, "Connection", "No signatures in the macOS telemetry")]
    [InlineData(TelemetryPlatform.MacOs, "ProcessStart", "No connections in the macOS telemetry")]
    [InlineData(TelemetryPlatform.Esxi, "ProcessStart", "No connections in the ESXi telemetry")]
    [InlineData(TelemetryPlatform.Network, "Flow", "Flow records without payload samples")]
    public void What_is_lacking_is_told(TelemetryPlatform platform, string kinds, string expected) =>
        Assert.Contains(expected, Assert.Single(Warnings(platform, kinds)), StringComparison.Ordinal);

    [Theory]
    [InlineData(TelemetryPlatform.Windows, "Connection ModuleLoad")]
    [InlineData(TelemetryPlatform.Linux, "Connection ModuleLoad")]
    [InlineData(TelemetryPlatform.MacOs, "Connection ProcessStart")]
    [InlineData(TelemetryPlatform.Esxi, "Connection ProcessStart")]
    [InlineData(TelemetryPlatform.Network, "Flow Payload")]
    public void Nothing_is_told_where_nothing_lacks(TelemetryPlatform platform, string kinds) => Assert.Empty(Warnings(platform, kinds));

    private static IReadOnlyList<string> Warnings(TelemetryPlatform platform, string kinds)
    {
        LocalPipeline pipeline = new(DetectionSettings.Default, 10);
        foreach (string kind in kinds.Split(' '))
        {
            pipeline.Receive(new()
            {
                Kind = Enum.Parse<ObservationKind>(kind),
                Source = SourceNames.Sysmon,
                Platform = platform,
                Time = DateTimeOffset.UnixEpoch,
                Process = new() { Signed = true },
                Module = kind == nameof(ObservationKind.ModuleLoad) ? new() { Path = "x", IsOwnImage = true } : null,
            });
        }

        return pipeline.Finish().Warnings;
    }
}

using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>Names of flows that say who gave them.</summary>
internal static class FlowUids
{
    /// <summary>The kernel of macOS names its sockets by their number since boot.</summary>
    public const string Socket = "so_gencnt:";

    /// <summary>
    /// Whether a connection is told of by the host's kernel, which tells of every socket: those that the host's libraries tell of too are
    /// among them.
    /// </summary>
    public static bool IsOfKernel(Observation observation) =>
        observation.Platform == TelemetryPlatform.MacOs && observation.FlowUid?.StartsWith(Socket, StringComparison.Ordinal) == true;
}

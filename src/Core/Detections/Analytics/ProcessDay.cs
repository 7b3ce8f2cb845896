using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>A process on one UTC day, with the evidence gathered so far: what rules look at and add to.</summary>
internal sealed class ProcessDay
{
    private const int FullPercent = 100;

    /// <summary>The process.</summary>
    public required ProcessFacts Facts { get; init; }

    /// <summary>What it runs on.</summary>
    public required TelemetryPlatform Platform { get; init; }

    /// <summary>What judges it.</summary>
    public required DetectionSettings Settings { get; init; }

    /// <summary>Its outbound connections of the day.</summary>
    public required DayConnections Connections { get; init; }

    /// <summary>What the network saw of them.</summary>
    public required IReadOnlyList<FlowSummary> Flows { get; init; }

    /// <summary>Whether its image lies where any user may write.</summary>
    public required bool IsUserWritable { get; init; }

    /// <summary>The pattern that allows it to use cryptography; null where none does.</summary>
    public required ProcessPattern? Allowed { get; init; }

    /// <summary>The evidence.</summary>
    public required EvidenceList Evidence { get; init; }

    /// <summary>Whether the names of its destinations may change what is said.</summary>
    public bool NeedsNames { get; set; }

    /// <summary>Full path of the executable.</summary>
    public string Image => Facts.Image!;

    /// <summary>Whether it is allowed to use cryptography.</summary>
    public bool IsAllowed => Allowed is not null;

    /// <summary>Whether any of its loads were recorded.</summary>
    public bool IsRecorded => IsSigned is not null || !Facts.Modules.IsEmpty;

    /// <summary>Whether the executable carries a valid signature; null where that was not recorded.</summary>
    public bool? IsSigned => Facts.UnsignedLoads.First is not null ? false : Facts.SignedLoads.First is not null ? true : null;

    /// <summary>Whether keys were exchanged with a destination, by the host's or the network's record.</summary>
    public bool HasExchange(DestinationDay destination) => destination.Handshake >= Handshake.Hello
        || Flows.Any(flow => flow.Handshake >= Handshake.Hello
            && flow.DestinationIp == destination.Ip && flow.DestinationPort == destination.Port);

    /// <summary>Whether a destination is a resolver of the settings, spoken to in TLS or QUIC on a port of theirs.</summary>
    public bool IsResolver(DestinationDay destination)
    {
        if (!destination.AllPorts(static (port, _) => port is 443 or 853) || !HasExchange(destination)
            || Listed(destination, Settings.DoHResolvers) is not { } resolver)
        {
            return false;
        }

        Settings.Use?.Exempted(resolver, Facts.Key.Value);
        return true;
    }

    /// <summary>
    /// The pattern that a destination fits; null where it fits none. Of a proxy all whom the process calls behind it must fit one; what is
    /// hidden fits as the proxy itself does.
    /// </summary>
    public static DestinationPattern? Listed(DestinationDay destination, ImmutableArray<DestinationPattern> patterns)
    {
        DestinationPattern? found = null;
        foreach (ReachedName name in destination.Reached)
        {
            found = patterns.Find(name.Ip, name.Name);
            if (found is null)
            {
                return null;
            }
        }

        return found ?? patterns.Find(destination.Ip, destination.Name);
    }

    /// <summary>Adds evidence that rests on what was seen of the process, at its weight or at a share of it.</summary>
    public void Add(EvidenceKind kind, string detail, Sightings seen, int percent = FullPercent) => Evidence.Add(
        kind,
        detail,
        seen.First is { } first ? Facts.Clock.Resolve(first.Time) : null,
        seen.Sample.Select(sighting => sighting.Id),
        percent);
}

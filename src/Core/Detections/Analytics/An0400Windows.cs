using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// AN0400: a Windows process that typically does no cryptography maps symmetric-encryption libraries and opens outbound
/// connections with high-entropy payloads. One detection a process and UTC day.
/// </summary>
internal static class An0400Windows
{
    private const string AnalyticId = "AN0400";

    /// <summary>Judges a process's facts.</summary>
    public static ProcessVerdict Judge(ProcessFacts facts, DetectionSettings settings)
    {
        if (facts.Image is null)
        {
            return ProcessVerdict.Nothing;
        }

        List<Detection> detections = [];
        List<Supersession> supersedes = [];
        foreach (DayConnections day in DayConnections.Of(facts))
        {
            IReadOnlyList<FlowSummary> flows = [.. facts.NetworkFlows.Where(flow => flow.Day == day.Day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber)];
            if (JudgeDay(facts, settings, day, flows) is not { } detection)
            {
                continue;
            }

            detections.Add(detection);
            supersedes.AddRange(flows.Select(flow => An0404Network.IdOf(ChannelKey.Of(flow), day.Day)).Distinct().Order()
                .Select(network => new Supersession(network, detection.DetectionId)));
        }

        return new(detections, supersedes);
    }

    private static Detection? JudgeDay(ProcessFacts facts, DetectionSettings settings, DayConnections day, IReadOnlyList<FlowSummary> flows)
    {
        bool userWritable = WindowsPrograms.IsUserWritable(facts.Image!);

        // What a program is allowed to do is not for the code that another brought into it.
        ProcessPattern? allowed = WindowsHostEvidence.IsTakenOver(facts) ? null : settings.Allows(facts, userWritable);
        EvidenceList evidence = new(settings);
        PayloadEvidence payload = PayloadEvidence.Add(evidence, flows, settings.EntropyThreshold, allowed is not null);
        IReadOnlyList<DestinationDay> suspects = [.. day.Destinations.Where(destination => !InfrastructurePorts.Covers(destination, day.Destinations))];
        if (suspects.Count == 0 && !payload.IsEvidence)
        {
            return null;
        }

        bool cryptography = WindowsCryptoEvidence.Add(evidence, facts, settings, day, allowed);
        bool odd = WindowsHostEvidence.Add(evidence, facts, userWritable, allowed is not null);
        bool concentrated = suspects.Count > 0 && DestinationEvidence.Add(evidence, suspects, settings, odd);

        // A process whose libraries were recorded and hold no cryptography is no suspect; one that was running before the recording
        // began is, if it keeps calling the same place.
        bool recorded = facts.SignedLoads.First is not null || facts.UnsignedLoads.First is not null || !facts.Modules.IsEmpty;
        bool hostEvidence = cryptography || (!recorded && concentrated);
        int confidence = Confidence.Of(evidence.Sum, mediumAtMost: !payload.IsEvidence || payload.HasKeyExchange);
        if ((!hostEvidence && !payload.IsEvidence) || confidence < Confidence.Published)
        {
            return null;
        }

        DestinationDay main = Main(suspects.Count > 0 ? suspects : day.Destinations, payload.Flow);
        Detection detection = new()
        {
            DetectionId = DetectionId.Create(AnalyticId, facts.Key.Value, null, day.Day),
            Time = evidence.Earliest ?? main.Times[0],
            AnalyticId = AnalyticId,
            Technique = payload.HasKeyExchange ? Techniques.AsymmetricCryptography : Techniques.SymmetricCryptography,
            Platform = TelemetryPlatform.Windows,
            Severity = Confidence.ToSeverity(confidence),
            Confidence = confidence,
            Title = Title(facts, main, cryptography, payload),
            Host = facts.Key.Host.ToString(),
            Process = Fields(facts),
            Destination = new(main.Ip, main.Port, Protocols.Name(main.Protocol), main.Name ?? payload.Flow?.ServerName),
            WindowStart = day.Destinations.Min(destination => destination.Times[0]),
            WindowEnd = day.Destinations.Max(destination => destination.Times[^1]),
            SettingsVersion = settings.Version,
            Evidence = evidence.Ordered(),
        };
        return settings.Suppress(detection);
    }

    /// <summary>The destination to name: the one whose payload speaks, else the one most connected to.</summary>
    private static DestinationDay Main(IReadOnlyList<DestinationDay> destinations, FlowSummary? flow) =>
        destinations.OrderByDescending(destination => flow is not null && destination.Ip == flow.DestinationIp && destination.Port == flow.DestinationPort)
            .ThenByDescending(destination => destination.Count).First();

    private static string Title(ProcessFacts facts, DestinationDay main, bool cryptography, PayloadEvidence payload)
    {
        string name = FilePaths.Name(facts.Image!);
        string where = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{main.Ip}:{main.Port}");
        return payload.IsEvidence ? $"{name} sends {payload.Description} to {where}"
            : cryptography ? $"{name} loads symmetric cryptography and connects to {where}"
            : $"{name} keeps connecting to {where}; what it loaded was not recorded";
    }

    private static ProcessFields Fields(ProcessFacts facts) => new()
    {
        Key = facts.Key,
        Pid = facts.Pid,
        Guid = facts.Guid,
        Image = facts.Image,
        CommandLine = facts.CommandLine,
        ParentImage = facts.ParentImage,
        User = facts.User,
        Hash = facts.Hash,
        Signed = facts.UnsignedLoads.First is not null ? false : facts.SignedLoads.First is not null ? true : null,
        Signer = facts.UnsignedLoads.First is null ? facts.Signer : null,
    };
}

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
/// An analytic of processes: one that typically does no cryptography uses a symmetric cipher and opens outbound connections with
/// high-entropy payload. One detection a process and UTC day, the same way on every platform but for its rules.
/// </summary>
/// <param name="Id">AN0400 … AN0403.</param>
/// <param name="Platform">Whose processes.</param>
/// <param name="Rules">What is particular to the platform.</param>
internal sealed record ProcessAnalytic(string Id, TelemetryPlatform Platform, ProcessRules Rules)
{
    /// <summary>Judges a process's facts.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="settings">What judges.</param>
    /// <param name="owner">The key by which flows name the process: of a process number, whichever of its images they are of.</param>
    public ProcessVerdict Judge(ProcessFacts facts, DetectionSettings settings, ProcessKey owner)
    {
        if (facts.Image is null)
        {
            return ProcessVerdict.Nothing;
        }

        List<Detection> detections = [];
        List<Supersession> supersedes = [];
        List<ExpectedChannel> expects = [];
        bool needsNames = false;
        bool isLowered = false;
        foreach (DayConnections connections in DayConnections.Of(facts))
        {
            int number = connections.Day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
            FlowSummary[] flows = [.. facts.NetworkFlows.Where(flow => flow.Day == number && (!flow.IsLoose || connections.MayHave(flow)))];
            ProcessDay day = Day(facts, settings, connections, flows);
            Detection? judged = Judge(day);
            needsNames |= day.NeedsNames;
            isLowered |= day.Evidence.Has(EvidenceKind.CommonSigned);
            if (judged is not { } detection)
            {
                expects.AddRange(Expected(day, flows, owner));
                continue;
            }

            detections.Add(detection);
            // What may be another process's flow takes a network finding's place only where it says as much.
            IEnumerable<FlowSummary> covered = flows.Where(flow => !flow.IsLoose || detection.Severity >= Severity.Medium);
            supersedes.AddRange(covered.Select(flow => An0404Network.IdOf(ChannelKey.Of(flow), connections.Day)).Distinct().Order()
                .Select(network => new Supersession(network, detection.DetectionId)));
        }

        return new(detections, supersedes) { Expects = expects, NeedsNames = needsNames, IsLowered = isLowered };
    }

    /// <summary>Channels whose payload looks random, as the settings expect of the process or of its destination.</summary>
    private IEnumerable<ExpectedChannel> Expected(ProcessDay day, FlowSummary[] flows, ProcessKey owner)
    {
        DetectionId by = DetectionId.Create(Id, owner.Value, null, day.Connections.Day);
        double threshold = Rules.EntropyThreshold(day.Settings);
        FlowSummary[] expected =
        [
            .. flows.Where(flow => day.IsAllowed || Rules.IsExempt(flow, day.Settings))
                .Where(flow => PayloadFinding.Of(flow, threshold) is { IsRandom: true } or { CarriesRandom: true }),
        ];
        return expected.Length == 0 || !Rules.MayExplain(day) ? [] : expected.Select(ChannelKey.Of).Distinct().Order()
            .Select(channel => new ExpectedChannel(channel, day.Connections.Day, by));
    }

    private ProcessDay Day(ProcessFacts facts, DetectionSettings settings, DayConnections connections, FlowSummary[] flows)
    {
        bool userWritable = Rules.IsUserWritable(facts.Image!);
        return new()
        {
            Facts = facts,
            Platform = Platform,
            Settings = settings,
            Connections = ProxyDestinations.Marked(connections, facts, settings, Rules),
            Flows = [.. flows.Where(flow => !Rules.IsExempt(flow, settings))],
            IsUserWritable = userWritable,

            // What a program is allowed to do does not excuse code that another one brought into it.
            Allowed = Rules.IsTakenOver(facts) ? null : settings.Allows(facts, userWritable),
            Evidence = new(settings),
        };
    }

    private Detection? Judge(ProcessDay day)
    {
        PayloadEvidence payload = PayloadEvidence.Add(day.Evidence, day.Flows, Rules.EntropyThreshold(day.Settings), _ => day.IsAllowed);
        DestinationDay[] suspects = [.. day.Connections.Destinations.Where(destination => !Rules.IsExempt(destination, day))];
        if (suspects.Length == 0 && !payload.IsEvidence && !day.Settings.ExplainsAll)
        {
            return null;
        }

        bool cryptography = CryptoEvidence.Add(day, Rules);
        bool odd = Rules.AddProgram(day);
        TlsLibraryEvidence.Add(day, Rules, odd);
        Rules.AddChannel(day, suspects, odd);
        bool concentrated = suspects.Length > 0 && DestinationEvidence.Add(
            day.Evidence, suspects, day.Connections.Names,
            (port, protocol) => Rules.IsOwnPort(port) || day.Settings.Profile(port, protocol) is not null, odd);
        ProxyDestinations.Add(day.Evidence, suspects);
        if (odd || payload.IsEvidence)
        {
            ConnectionTimes.AddTimer(day, suspects);
        }

        day.NeedsNames = DestinationEvidence.NeedsNames(suspects, odd || day.Platform == TelemetryPlatform.Esxi)
            && (cryptography || !day.IsRecorded);
        DestinationDay main = Main(suspects.Length > 0 ? suspects : day.Connections.Destinations, payload.Flow);
        PrevalenceEvidence.Add(day, suspects, main, mayLower: !payload.IsEvidence && !Rules.IsTakenOver(day.Facts));
        bool exchange = payload.HasKeyExchange || AddExchange(day, suspects);
        ProcessFacts facts = day.Facts;
        bool hint = !payload.IsEvidence && Rules.IsHintOnly(day, suspects);
        int confidence = hint ? Confidence.LowAtMost(day.Evidence.Sum)
            : Confidence.Of(day.Evidence.Sum, mediumAtMost: !payload.IsEvidence || exchange);
        bool isPublished = confidence >= Confidence.Published
            && (payload.IsEvidence || (Rules.IsHostEvidence(day, cryptography, concentrated) && HoldsWithoutHints(day)));
        if (!isPublished && !day.Settings.ExplainsAll)
        {
            return null;
        }

        Detection detection = new()
        {
            DetectionId = DetectionId.Create(Id, facts.Key.Value, null, day.Connections.Day),
            Time = day.Evidence.Earliest ?? main.Times[0],
            AnalyticId = Id,
            Technique = Technique(day, payload, exchange, cryptography),
            Platform = Platform,
            Severity = Confidence.ToSeverity(confidence),
            Confidence = confidence,
            Title = Title(facts, main, cryptography, payload),
            Host = facts.Key.Host.ToString(),
            Process = Fields(facts),
            Destination = new(
                main.Ip.IsUnspecified ? payload.Flow?.DestinationIp ?? main.Ip : main.Ip,
                main.Port, Protocols.Name(main.Protocol),
                main.Reached is [var reached] ? reached.Name
                    : payload.Flow is null && !main.Ip.IsPrivate && day.Connections.Names is [var named] ? named.Name
                    : main.Name ?? payload.Flow?.ServerName),
            WindowStart = day.Connections.Destinations.Min(destination => destination.Times[0]),
            WindowEnd = day.Connections.Destinations.Max(destination => destination.Times[^1]),
            SettingsVersion = day.Settings.Version,
            Evidence = day.Evidence.Ordered(),
            CommunityIds = day.Evidence.CommunityIds is { Count: > 0 } seen ? seen : ConnectionTimes.CommunityIds(day, main),
        };
        return day.Settings.Suppress(
            detection, facts.HostFqdn is { } full ? [facts.Key.Host.ToString(), full] : [facts.Key.Host.ToString()]);
    }

    /// <summary>
    /// Uploads, timers and rarity add to a finding and make none: log shippers and backups send more than they receive too, whatever looks
    /// for updates has a timer, and every site has programs of its own.
    /// </summary>
    private static bool HoldsWithoutHints(ProcessDay day) => day.Evidence.Sum - day.Evidence.WeightOf(EvidenceKind.AsymmetricTraffic)
        - day.Evidence.WeightOf(EvidenceKind.Beaconing) - day.Evidence.WeightOf(EvidenceKind.RareProgram) >= Confidence.Published;

    /// <summary>
    /// The technique, as far as the evidence tells: asymmetric where keys were exchanged; symmetric where payload says so, or cryptography
    /// without a TLS library that would be on record; the parent of both elsewhere.
    /// </summary>
    private string Technique(ProcessDay day, PayloadEvidence payload, bool exchange, bool cryptography) =>
        exchange ? Techniques.AsymmetricCryptography
        : payload.IsEvidence ? Techniques.SymmetricCryptography
        : cryptography && !day.Evidence.Names(EvidenceKind.TlsProvider) && Rules.WouldShowTls(day) ? Techniques.SymmetricCryptography
        : Techniques.EncryptedChannel;

    /// <summary>Whether the host's own record says that keys were exchanged with every destination that is suspect.</summary>
    private static bool AddExchange(ProcessDay day, DestinationDay[] suspects)
    {
        if (suspects.Length == 0 || !Array.TrueForAll(suspects, destination => destination.Handshake >= Handshake.Hello))
        {
            return false;
        }

        day.Evidence.Add(
            EvidenceKind.TlsHandshake,
            $"The host's record says that keys were exchanged ({suspects[0].Handshake.Word()}): asymmetric cryptography, T1573.002",
            suspects[0].Times[0], suspects[0].Observations);
        return true;
    }

    /// <summary>The destination to name: the one whose payload speaks, else the one most connected to.</summary>
    private static DestinationDay Main(IReadOnlyList<DestinationDay> destinations, FlowSummary? flow) => destinations
        .OrderByDescending(destination =>
            flow is not null && destination.Ip == flow.DestinationIp && destination.Port == flow.DestinationPort)
        .ThenByDescending(destination => destination.Count).First();

    private string Title(ProcessFacts facts, DestinationDay main, bool cryptography, PayloadEvidence payload)
    {
        string name = FilePaths.Name(facts.Image!);
        return payload.IsEvidence
            ? $"{name} sends {payload.Description} to {main.Where}"
            : Rules.HostTitle(name, main.Where, cryptography);
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

using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Reporting;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline;

/// <summary>Notices what a stream of telemetry lacks, so that silence is not taken for safety.</summary>
public sealed class TelemetryGaps
{
    /// <summary>Connects in an audit log among which some that were under way are to be expected.</summary>
    private const int MinAuditedConnections = 100;

    private static readonly int Platforms = Enum.GetValues<TelemetryPlatform>().Length;
    private static readonly int Kinds = Enum.GetValues<ObservationKind>().Length;

    private const string SignedStarts = "signedStarts", OwnImages = "ownImages", UnseenStarts = "unseenStarts";
    private const string AuditedConnections = "auditedConnections", UnderWay = "underWay";

    /// <summary>Flows with payload that are remembered: some four megabytes.</summary>
    private const int MaxSampled = 65_536;

    private readonly long[,] _counts = new long[Platforms, Kinds];
    private readonly SilentSources _silent = new();

    // Facts keep no payload that is no evidence: without these, its flow would seem to have none.
    // Null where they were too many to remember, whatever their order: then it is not said which flows have none.
    private HashSet<FlowKey>? _sampled = [];
    private long _auditedConnections;
    private long _underWay;
    private long _signedStarts;
    private long _flows;
    private long _payloads;
    private long _connections;
    private long _ownImages;
    private long _unseen;

    /// <summary>Observations of connections, flows and payloads: without any there is nothing to judge.</summary>
    public long Judged => _connections + _flows + _payloads;

    /// <summary>Notes a library load that was not made into an observation.</summary>
    public void ModuleLoad(TelemetryPlatform platform) => _counts[(int)platform, (int)ObservationKind.ModuleLoad]++;

    /// <summary>Notes an observation.</summary>
    public void Add(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        _counts[(int)observation.Platform, (int)observation.Kind]++;
        _silent.Add(observation);
        bool audited = observation is { Kind: ObservationKind.Connection, Source: SourceNames.Auditd };
        _auditedConnections += audited ? 1 : 0;
        _underWay += audited && observation.IsUnderWay ? 1 : 0;
        _signedStarts += observation is { Kind: ObservationKind.ProcessStart, Process.Signed: not null } ? 1 : 0;
        _flows += observation.Kind == ObservationKind.Flow ? 1 : 0;
        _payloads += observation.Kind == ObservationKind.Payload ? 1 : 0;
        if (observation is { Kind: ObservationKind.Payload, Flow: { Application: null, Handshake: < Handshake.Hello } flow })
        {
            _sampled?.Add(flow.Key);
            _sampled = _sampled?.Count > MaxSampled ? null : _sampled;
        }

        _connections += observation.Kind == ObservationKind.Connection ? 1 : 0;
        _ownImages += observation is { Platform: TelemetryPlatform.Windows, Module.IsOwnImage: true } ? 1 : 0;
        _unseen += observation is { Kind: ObservationKind.Flow, Flow.Handshake: Handshake.Unseen } ? 1 : 0;
    }

    /// <summary>What is counted of facts while they are judged, with what was seen of observations.</summary>
    internal JudgementGaps OfFacts() => new()
    {
        WindowsLoads = (_counts[(int)TelemetryPlatform.Windows, (int)ObservationKind.ModuleLoad], _ownImages),
        Flows = (_flows, _unseen, _payloads),
        Sampled = _sampled,
    };

    /// <summary>What was counted, by name, in name order: what several runs counted adds up.</summary>
    public IReadOnlyDictionary<string, long> Counts
    {
        get
        {
            SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
            foreach (TelemetryPlatform platform in Enum.GetValues<TelemetryPlatform>())
            {
                foreach (ObservationKind kind in Enum.GetValues<ObservationKind>())
                {
                    AddTo(counts, $"{platform}.{kind}", _counts[(int)platform, (int)kind]);
                }
            }

            AddTo(counts, SignedStarts, _signedStarts);
            AddTo(counts, OwnImages, _ownImages);
            AddTo(counts, UnseenStarts, _unseen);
            AddTo(counts, AuditedConnections, _auditedConnections);
            AddTo(counts, UnderWay, _underWay);
            return counts;
        }
    }

    /// <summary>Adds what another run counted; a name that is not known is passed over.</summary>
    /// <param name="name">A name of <see cref="Counts"/>.</param>
    /// <param name="count">How many.</param>
    public void Add(string name, long count)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] parts = name.Split('.');
        _signedStarts += name == SignedStarts ? count : 0;
        _ownImages += name == OwnImages ? count : 0;
        _unseen += name == UnseenStarts ? count : 0;
        _auditedConnections += name == AuditedConnections ? count : 0;
        _underWay += name == UnderWay ? count : 0;
        if (parts.Length == 2 && Enum.TryParse(parts[0], out TelemetryPlatform platform) && Enum.IsDefined(platform)
            && Enum.TryParse(parts[1], out ObservationKind kind) && Enum.IsDefined(kind))
        {
            _counts[(int)platform, (int)kind] += count;
            _flows += kind == ObservationKind.Flow ? count : 0;
            _payloads += kind == ObservationKind.Payload ? count : 0;
            _connections += kind == ObservationKind.Connection ? count : 0;
        }
    }

    /// <summary>What is lacking, for a person, with what to do.</summary>
    public IReadOnlyList<string> Warnings()
    {
        List<string> warnings = [];
        AddWindows(warnings);
        AddLinux(warnings);
        AddMacOs(warnings);
        AddEsxi(warnings);
        if (_flows > 0 && _payloads == 0)
        {
            warnings.Add(
                "Flow records without payload samples: AN0404 reports insufficient evidence instead of guessing. "
                + "Export first bytes as payload-sample records (docs/schemas/payload-sample.schema.json).");
        }

        warnings.AddRange(_silent.Warnings());
        return warnings;
    }

    private void AddWindows(List<string> warnings)
    {
        (long starts, long loads, long connections) = Of(TelemetryPlatform.Windows);
        if (connections + starts > 0 && loads == 0)
        {
            warnings.Add(
                "No library loads (Sysmon event 7) in the Windows telemetry: AN0400 is all but blind. "
                + "Turn on ImageLoad in the Sysmon configuration (docs/sysmon.xml).");
        }

        if (loads + starts > 0 && connections == 0)
        {
            warnings.Add(
                "No connections (Sysmon event 3) in the Windows telemetry: AN0400 cannot fire. "
                + "Turn on NetworkConnect in the Sysmon configuration (docs/sysmon.xml).");
        }
    }

    private void AddLinux(List<string> warnings)
    {
        (long starts, long loads, long connections) = Of(TelemetryPlatform.Linux);
        if (connections > 0 && loads == 0)
        {
            warnings.Add(
                "No library loads in the Linux telemetry: AN0401 sees payload and calling patterns only. "
                + "Audit the opening of crypto libraries, or schedule osquery's process_memory_map.");
        }

        if (_auditedConnections >= MinAuditedConnections && _underWay == 0)
        {
            warnings.Add(
                "Only connects that succeeded at once are in the audit log: the rules seem to ask for success=1. Most programs connect "
                + "without waiting (exit -115), and none of theirs is seen. Drop that filter from the rule (docs/linux-audit.rules).");
        }

        if (starts + loads > 0 && connections == 0)
        {
            warnings.Add(
                "No connections in the Linux telemetry: AN0401 cannot fire. "
                + "Audit connect, those under way (exit -115) too, or turn on osquery's socket_events.");
        }
    }

    private void AddMacOs(List<string> warnings)
    {
        (long starts, _, long connections) = Of(TelemetryPlatform.MacOs);
        if (connections > 0 && _signedStarts == 0)
        {
            warnings.Add(
                "No signatures in the macOS telemetry: AN0402 cannot tell who vouches for a program. "
                + "Export Endpoint Security's exec events (eslogger exec).");
        }

        if (starts > 0 && connections == 0)
        {
            warnings.Add(
                "No connections in the macOS telemetry: AN0402 can only fire on what a sensor sees. "
                + "Export the unified log's com.apple.network; programs on BSD sockets log nothing there.");
        }
    }

    private void AddEsxi(List<string> warnings)
    {
        (long starts, _, long connections) = Of(TelemetryPlatform.Esxi);
        if (starts > 0 && connections == 0)
        {
            warnings.Add(
                "No connections in the ESXi telemetry: AN0403 cannot fire. "
                + "Collect 'esxcli network ip connection list' from each host.");
        }
    }

    private (long Starts, long Loads, long Connections) Of(TelemetryPlatform platform) => (
        _counts[(int)platform, (int)ObservationKind.ProcessStart],
        _counts[(int)platform, (int)ObservationKind.ModuleLoad],
        _counts[(int)platform, (int)ObservationKind.Connection]);

    private static void AddTo(SortedDictionary<string, long> counts, string name, long count)
    {
        if (count > 0)
        {
            counts[name] = count;
        }
    }
}

using System.CommandLine;
using System.Globalization;
using CipherWatch.Cli.Simulation.Fleets;
using CipherWatch.Cli.Simulation.Implants;
using CipherWatch.Cli.Usage;
using CipherWatch.Cli.Views;
using CipherWatch.Sinks;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>simulate</c>: a fleet's telemetry in the real formats, benign or with implants, and its ground truth.</summary>
internal sealed class SimulateVerb : VerbCommand
{
    private const int MaxHosts = 100_000;
    private const int MaxDays = 366;

    private readonly Option<int> _hosts = new("--hosts")
    {
        Description = $"Hosts, of all platforms from 4 on. At most {MaxHosts.ToString(CultureInfo.InvariantCulture)}.",
        HelpName = "N",
        DefaultValueFactory = _ => 50,
    };

    private readonly Option<int> _days = new("--days")
    {
        Description = "Days, from Tuesday 2026-03-10 on. Offices rest at weekends.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "The same seed gives the same bytes, on every machine.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string[]> _implants = new("--implants")
    {
        Description = "Implants, separated by commas; KIND:N for several of a kind, 'all' for one of each; none without it. Kinds: "
            + string.Join("; ", ImplantKinds.All.Select(kind => $"{kind.Name} ({kind.Does})")) + ".",
        HelpName = "KIND,…",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = $"Folder for the telemetry, a file a source, and {Fleet.TruthName}.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> _json = CommonOptions.Json("One summary object on standard output.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public SimulateVerb()
        : base("simulate", "Write the telemetry of a synthetic fleet in the real formats, benign or with implants, and what is true of it.")
    {
        foreach (Option option in (Option[])[_hosts, _days, _seed, _implants, _out, _json, _quiet])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("simulate --hosts 100 --implants rc4-beacon:2,python-pycryptodome,xor --out fleet",
            "A day of a hundred hosts with four implants."),
        ("evaluate fleet --truth fleet/truth.tsv", "Then: what was found of them, and what else was."),
        ("simulate --hosts 200 --days 5 --seed 7 --out benign", "A benign week, to learn a baseline from."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        int hosts = Checked(arguments.GetValue(_hosts), "--hosts", MaxHosts);
        int days = Checked(arguments.GetValue(_days), "--days", MaxDays);
        ulong seed = arguments.GetValue(_seed);
        string folder = arguments.GetRequiredValue(_out);
        IReadOnlyList<FleetSite> sites = FleetHosts.Sites(hosts);
        IReadOnlyList<Implant> implants = Placement.Place(ImplantList.Read(arguments.GetValue(_implants) ?? []), sites, seed);
        IReadOnlyList<string> files = Write(folder, new(sites, implants, days, seed), cancellationToken);
        using StreamWriter output = new(terminal.Output, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
        if (arguments.GetValue(_json))
        {
            output.WriteLine(SimulationSummary.Json(sites, implants, days, files));
        }
        else if (!arguments.GetValue(_quiet))
        {
            string fleet = $"{SummaryText.Count(hosts, "host")} over {SummaryText.Count(days, "day")}";
            output.WriteLine(
                $"{fleet}, {SummaryText.Count(implants.Count, "implant")}: {SummaryText.Count(files.Count, "file")} in {folder}.");
            output.WriteLine($"What is true of them is in {Path.Join(folder, Fleet.TruthName)}.");
            foreach (Implant implant in implants)
            {
                string through = implant.Relay is { } relay ? " through " + relay.Name : string.Empty;
                output.WriteLine($"  {implant.Label.Family}: {implant.Host.Name}{through}");
            }
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static int Checked(int value, string option, int most) => value > 0 && value <= most
        ? value
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option} {value}: a number from 1 to {most} is needed."));

    private static IReadOnlyList<string> Write(string folder, Fleet fleet, CancellationToken cancellationToken)
    {
        try
        {
            return fleet.Write(folder, null, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"{folder}: cannot be written ({exception.Message.TrimEnd('.')}).", exception);
        }
    }
}

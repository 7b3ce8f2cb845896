using System.Text.Json.Nodes;
using CipherWatch.Infra.Tests.Columns;
using CipherWatch.Infra.Tests.Tools;

namespace CipherWatch.Infra.Tests.Sentinel;

/// <summary>A workspace with rows in it, to run queries against.</summary>
internal sealed class SentinelWorkspace
{
    /// <summary>The time at which queries run: rules look back an hour from here.</summary>
    public const string Now = "2026-03-11T00:00:00Z";

    private const string Golden = "tests/Golden/sentinel";

    /// <summary>Tables of the platform, as far as the queries read them.</summary>
    private static readonly Dictionary<string, string> Platform = new(StringComparer.Ordinal)
    {
        ["Event"] = "(TimeGenerated: datetime, Source: string, EventLog: string, Computer: string, EventID: int)",
        ["Syslog"] = "(TimeGenerated: datetime, Computer: string, Facility: string, ProcessName: string, SyslogMessage: string)",
        ["CipherWatchAudit_CL"] = "(TimeGenerated: datetime, Computer: string, FilePath: string, RawData: string)",
        ["CommonSecurityLog"] = "(TimeGenerated: datetime, SourceIP: string, SourcePort: int, DestinationIP: string, DestinationPort: int, "
            + "DeviceVendor: string, DeviceProduct: string, SentBytes: long, ReceivedBytes: long)",
        ["DeviceNetworkEvents"] = "(TimeGenerated: datetime, DeviceName: string, RemoteIP: string, RemotePort: int, RemoteUrl: string, "
            + "InitiatingProcessFileName: string, InitiatingProcessSHA1: string)",
        ["AppMetrics"] = "(TimeGenerated: datetime, Name: string, Sum: real, Min: real, Max: real, ItemCount: int, Properties: dynamic)",
    };

    private static readonly ColumnList List = ColumnList.Load();

    private readonly JsonArray _detections = [];

    /// <summary>Rows of the tables that are not ours.</summary>
    public bool HasTelemetry { get; init; }

    /// <summary>Verdicts in the watchlist, by column.</summary>
    public JsonArray Watchlist { get; } = [];

    /// <summary>Adds a detection's row.</summary>
    /// <param name="detection">The detection, as the runner writes it.</param>
    /// <param name="ingested">When it came in.</param>
    public void Add(JsonObject detection, string ingested)
    {
        JsonObject row = DetectionRow.Of(List, detection, ingested);
        row["$ingested"] = ingested;
        _detections.Add(row);
    }

    /// <summary>Runs queries by name.</summary>
    public IReadOnlyDictionary<string, KustoAnswer> Run(IReadOnlyDictionary<string, string> queries)
    {
        JsonObject tables = new() { [List.Table] = Table(List.KustoSchema, _detections) };
        foreach ((string name, string schema) in Platform)
        {
            tables[name] = Table(schema, HasTelemetry ? Lines($"{Golden}/{name}.ndjson") : []);
        }

        JsonObject job = new()
        {
            ["now"] = Now,
            ["tables"] = tables,
            ["functions"] = new JsonArray(new JsonObject
            {
                ["name"] = Texts.Parser["FunctionAlias"].ToString(),
                ["parameters"] = Texts.ParserParameters,
                ["body"] = Texts.Parser["FunctionQuery"].ToString(),
            }),
            ["foreign"] = new JsonObject { ["_GetWatchlist"] = Table(WatchlistSchema(), Watchlist) },
            ["queries"] = new JsonArray([.. queries.Select(query => new JsonObject { ["name"] = query.Key, ["text"] = query.Value })]),
        };
        return KustoService.Run(job);
    }

    /// <summary>Lines of a file of the repository, as objects.</summary>
    public static JsonArray Lines(string path) => Parse(Repository.Read(path));

    /// <summary>Lines of a text, as objects.</summary>
    public static JsonArray Parse(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))];

    /// <summary>The columns of the watchlist's file; the platform makes each a string.</summary>
    private static string WatchlistSchema()
    {
        string header = Repository.Read($"{Texts.Solution}/Watchlists/CipherWatchSuppressions/CipherWatchSuppressions.csv").Split('\n')[0];
        return $"({string.Join(", ", header.Split(',').Select(name => $"{name}: string"))})";
    }

    private static JsonObject Table(string schema, JsonArray rows) => new() { ["schema"] = schema, ["rows"] = rows.DeepClone() };
}

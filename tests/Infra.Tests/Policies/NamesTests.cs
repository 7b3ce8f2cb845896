using System.Text.Json;
using System.Text.RegularExpressions;
using CipherWatch.Infra.Tests.Templates;

namespace CipherWatch.Infra.Tests.Policies;

/// <summary>
/// The names that templates give are the names that app and host ask for. <c>infra/sources.json</c> is the one list of hubs,
/// <c>infra/metrics.json</c> that of metrics.
/// </summary>
public partial class NamesTests
{
    /// <summary>Asked for by the app, and given by no template.</summary>
    private static readonly string[] NotGiven =
    [
        "CIPHERWATCH_HTTP_ACCESS", // A developer's machine only.
        "CIPHERWATCH_STORAGE", // Azurite only.
    ];

    /// <summary>Settings that the platform reads, not the app.</summary>
    private static readonly string[] Platform =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AzureWebJobsStorage",
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "TASKHUB_NAME",
    ];

    [Fact]
    public void Every_setting_that_app_and_host_ask_for_is_given() =>
        Assert.Equal(NotGiven, Asked().Except(Given(Predicted.Of("newWorkspace"))).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_that_is_given_is_asked_for() =>
        Assert.Empty(Given(Predicted.Of("newWorkspace")).Except(Asked()).Except(Platform).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Predicted.Names), MemberType = typeof(Predicted))]
    public void What_the_host_file_asks_for_is_given(string name) =>
        Assert.Empty(Percent().Matches(Repository.Read("host.json")).Select(match => match.Groups[1].Value)
            .Except(Given(Predicted.Of(name))));

    [Fact]
    public void A_function_reads_every_hub()
    {
        string code = Sources();
        Assert.DoesNotContain(Triggers(), function => !code.Contains($"nameof({function})", StringComparison.Ordinal));
    }

    [Fact]
    public void The_app_writes_every_metric_that_an_alert_reads()
    {
        using JsonDocument list = JsonDocument.Parse(Repository.Read("infra/metrics.json"));
        string[] names = [.. list.RootElement.GetProperty("metrics").EnumerateArray()
            .Select(metric => metric.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)];
        string code = Sources();
        Assert.Equal(Metric().Matches(Repository.Read("src/Functions/Telemetry/AppMeter.cs")).Select(match => match.Value)
            .Order(StringComparer.Ordinal), names);
        foreach (JsonElement metric in list.RootElement.GetProperty("metrics").EnumerateArray())
        {
            Assert.Contains($"\"{metric.GetProperty("unit")}\", \"{metric.GetProperty("description")}\"", Joined(code), StringComparison.Ordinal);
        }

        string queries = string.Concat(Directory.EnumerateFiles(Repository.PathOf("infra"), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".kql", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal)
                || file.EndsWith("Workbook.json", StringComparison.Ordinal)).Select(File.ReadAllText));
        Assert.Empty(Metric().Matches(queries).Select(match => match.Value).Distinct().Except(names));
    }

    [Fact]
    public void A_setting_that_nobody_gives_is_reported() => Assert.Contains(
        "TASKHUB_NAME",
        Percent().Matches(Repository.Read("host.json")).Select(match => match.Groups[1].Value)
            .Except(Given(Predicted.Of("newWorkspace", ("\"TASKHUB_NAME\"", "\"TASK_HUB_NAME\"")))));

    private static IEnumerable<string> Triggers()
    {
        using JsonDocument sources = JsonDocument.Parse(Repository.Read("infra/sources.json"));
        return [.. new[] { "families", "exports" }.SelectMany(list => sources.RootElement.GetProperty(list).EnumerateArray())
            .Select(row => row.GetProperty("function").GetString()!)];
    }

    /// <summary>Settings of a deployment. A connection counts under its own name, whatever follows two underscores.</summary>
    private static HashSet<string> Given(Predicted deployment) =>
    [
        .. deployment.Settings.Select(setting => setting.Key)
            .Where(name => !name.StartsWith("AzureFunctionsJobHost__", StringComparison.Ordinal))
            .Select(name => Connection().Match(name) is { Success: true } connection ? connection.Groups[1].Value : name),
    ];

    /// <summary>Settings that host and app read: all constants of <c>AppSettings.cs</c> and everything between percent signs.</summary>
    private static HashSet<string> Asked()
    {
        string settings = Repository.Read("src/Functions/Hosting/AppSettings.cs");
        return
        [
            .. Constant().Matches(settings).Select(match => match.Groups[1].Value.Trim('%')),
            .. Percent().Matches(Repository.Read("host.json")).Select(match => match.Groups[1].Value),
        ];
    }

    /// <summary>Code with its line breaks taken out: a call may go over two lines.</summary>
    private static string Joined(string code) => Break().Replace(code, " ").Replace("( ", "(", StringComparison.Ordinal);

    private static string Sources() => string.Concat(
        Directory.EnumerateFiles(Repository.PathOf("src/Functions"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    [GeneratedRegex(@"const string \w+ = ""([^""]+)""")]
    private static partial Regex Constant();

    [GeneratedRegex("%([A-Za-z_]+)%")]
    private static partial Regex Percent();

    [GeneratedRegex("^(EventHubConnection|ExportHubConnection|AzureWebJobsStorage)__")]
    private static partial Regex Connection();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Break();

    [GeneratedRegex(@"cipherwatch\.[a-z_]+")]
    private static partial Regex Metric();
}

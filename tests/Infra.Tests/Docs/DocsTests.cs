using System.Text.RegularExpressions;
using CipherWatch.Infra.Tests.Columns;
using CipherWatch.Infra.Tests.Templates;

namespace CipherWatch.Infra.Tests.Docs;

/// <summary>What the pages say of the deployment is what the templates do.</summary>
public partial class DocsTests
{
    [Fact]
    public void The_page_of_costs_is_computed_from_the_prices() =>
        Generated.Check("docs/cost.md", CostPage.Write(Repository.Read("docs/cost.md")));

    /// <summary>What the page reckons with is what the page of capacity says was measured.</summary>
    [Fact]
    public void What_was_measured_stands_in_the_page_of_capacity()
    {
        string page = Repository.Read("docs/capacity.md");
        Assert.Contains("| 94.6 · 1.3 |", page, StringComparison.Ordinal);
        Assert.Contains("| 125 raw records a call", page, StringComparison.Ordinal);
        Assert.Contains("| 0.09 · 0.03 |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_variable_that_azd_reads_is_described()
    {
        string page = Repository.Read("docs/deploy.md");
        string[] names = [.. Variable().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups[1].Value)
            .Where(name => !name.StartsWith("AZURE_", StringComparison.Ordinal))];
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_alert_is_described()
    {
        string page = Repository.Read("docs/operate.md");
        string[] alerts = [.. Predicted.Of("newWorkspace").Resources
            .Where(resource => resource.Type == "Microsoft.Insights/scheduledQueryRules").Select(resource => resource.Name)];
        Assert.NotEmpty(alerts);
        Assert.All(alerts, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_hub_container_and_table_is_named()
    {
        string page = Repository.Read("docs/deploy.md");
        string[] types =
        [
            "Microsoft.EventHub/namespaces/eventhubs", "Microsoft.OperationalInsights/workspaces/tables",
            "Microsoft.Storage/storageAccounts/tableServices/tables",
        ];
        string[] names = [.. Predicted.Of("newWorkspace").Resources.Where(resource => types.Contains(resource.Type))
            .Select(resource => resource.Name)];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        List<string> broken = [];
        foreach (string name in (string[])["deploy.md", "operate.md", "cost.md", "fields.md"])
        {
            broken.AddRange(Link().Matches(Repository.Read($"docs/{name}")).Select(match => match.Groups[1].Value)
                .Where(target => !File.Exists(Path.GetFullPath(target, Repository.PathOf("docs")))).Select(target => $"{name}: {target}"));
        }

        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();
}

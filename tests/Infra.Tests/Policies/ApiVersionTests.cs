using CipherWatch.Infra.Tests.Templates;

namespace CipherWatch.Infra.Tests.Policies;

/// <summary>
/// The API version of every type, held here: the linter's own rule counts days from today's clock, so it turns red by itself, and it
/// proposes a version of diagnostic settings that lacks half of them.
/// </summary>
public class ApiVersionTests
{
    private static readonly Dictionary<string, string> Versions = new(StringComparer.Ordinal)
    {
        ["Microsoft.Authorization/roleAssignments"] = "2022-04-01",
        ["Microsoft.Consumption/budgets"] = "2026-06-01",
        ["Microsoft.DurableTask/"] = "2026-02-01",
        ["Microsoft.EventHub/"] = "2026-01-01",
        ["Microsoft.Insights/actionGroups"] = "2023-01-01",
        ["Microsoft.Insights/components"] = "2020-02-02",
        ["Microsoft.Insights/dataCollectionEndpoints"] = "2024-03-11",
        ["Microsoft.Insights/dataCollectionRules"] = "2024-03-11",
        ["Microsoft.Insights/diagnosticSettings"] = "2021-05-01-preview",
        ["Microsoft.Insights/metricAlerts"] = "2026-01-01",
        ["Microsoft.Insights/privateLinkScopes"] = "2023-06-01-preview",
        ["Microsoft.Insights/scheduledQueryRules"] = "2026-03-01",
        ["Microsoft.Insights/workbooks"] = "2023-06-01",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "2024-11-30",
        ["Microsoft.Network/networkSecurityGroups"] = "2025-05-01",
        ["Microsoft.Network/privateDnsZones"] = "2024-06-01",
        ["Microsoft.Network/privateEndpoints"] = "2025-05-01",
        ["Microsoft.Network/virtualNetworks"] = "2025-05-01",
        ["Microsoft.OperationalInsights/"] = "2026-03-01",
        ["Microsoft.Resources/resourceGroups"] = "2025-04-01",
        ["Microsoft.SecurityInsights/"] = "2025-09-01",
        ["Microsoft.Storage/"] = "2026-09-01",
        ["Microsoft.Web/"] = "2025-03-01",
    };

    [Theory]
    [MemberData(nameof(Predicted.Names), MemberType = typeof(Predicted))]
    public void Every_resource_has_the_version_on_record(string name) => Assert.Empty(Others(Predicted.Of(name)));

    [Fact]
    public void Another_version_is_reported() =>
        Assert.NotEmpty(Others(Predicted.Of("newWorkspace", ("\"apiVersion\": \"2025-03-01\"", "\"apiVersion\": \"2022-03-01\""))));

    private static IEnumerable<string> Others(Predicted deployment) =>
        from resource in deployment.Resources
        let version = Versions.Where(pair => resource.Type.StartsWith(pair.Key, StringComparison.Ordinal)).Select(pair => pair.Value)
            .FirstOrDefault()
        where version != resource.ApiVersion
        select $"{resource.Type}@{resource.ApiVersion}, not {version ?? "on record"}";
}

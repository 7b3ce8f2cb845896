using CipherWatch.Infra.Tests.Templates;

namespace CipherWatch.Infra.Tests.Policies;

/// <summary>What goes into a workspace that is not ours, and how it gets out again.</summary>
public class WorkspaceTests
{
    private const string Foreign = "subscriptions/99999999-9999-9999-9999-999999999999/resourceGroups/rg-soc";
    private const string Workspace = "/" + Foreign + "/providers/Microsoft.OperationalInsights/workspaces/log-soc";

    [Fact]
    public void What_is_put_into_it_is_what_the_hook_removes()
    {
        Assert.Equal(
            Put(Predicted.Of("existingWorkspace")),
            Repository.Read("infra/hooks/workspace-resources.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_workspace_itself_and_its_group_are_left_alone()
    {
        Predicted deployment = Predicted.Of("existingWorkspace");
        Assert.DoesNotContain(deployment.Resources, resource => resource.Id == Workspace || resource.Id == "/" + Foreign);
        Assert.DoesNotContain(deployment.Resources, resource => resource.Type == "Microsoft.SecurityInsights/onboardingStates");
    }

    [Fact]
    public void All_else_is_in_one_group_of_ours() => Assert.All(
        Predicted.Of("existingWorkspace").Resources.Where(resource => resource.Group != Foreign),
        resource => Assert.EndsWith("resourceGroups/rg-sample", resource.Group, StringComparison.Ordinal));

    [Fact]
    public void Collection_rules_and_the_hubs_of_data_export_are_in_the_region_of_the_workspace() => Assert.All(
        Predicted.Of("existingWorkspace").Resources.Where(resource => resource.Type == "Microsoft.Insights/dataCollectionRules"
            || resource.Name.StartsWith("evhns-export-", StringComparison.Ordinal) && resource.Type == "Microsoft.EventHub/namespaces"),
        resource => Assert.Contains(Workspace, resource.At("location"), StringComparison.Ordinal));

    [Fact]
    public void An_export_names_its_hub_and_the_hub_is_there()
    {
        Predicted deployment = Predicted.Of("existingWorkspace");
        Resource[] exports = [.. deployment.Resources.Where(resource =>
            resource.Type == "Microsoft.OperationalInsights/workspaces/dataExports")];
        Assert.NotEmpty(exports);
        Assert.All(exports, export => Assert.Contains(deployment.Resources, hub => hub.Type == "Microsoft.EventHub/namespaces/eventhubs"
            && hub.Id == Hub(export)));
    }

    [Fact]
    public void One_thing_more_is_reported() => Assert.NotEqual(
        Put(Predicted.Of("existingWorkspace")),
            Put(Predicted.Of("existingWorkspace", ("dataExports/cipherwatch-linux", "dataExports/cipherwatch-new"))));

    private static string Hub(Resource export) =>
        $"{export.At("properties.destination.resourceId")}/eventhubs/{export.At("properties.destination.metaData.eventHubName")}";

    /// <summary>API version and path within the workspace; workbooks lie beside it and are removed by their id.</summary>
    private static string[] Put(Predicted deployment) =>
    [
        .. deployment.Resources.Where(resource => resource.Group == Foreign && resource.Type != "Microsoft.Insights/workbooks")
            .Select(resource => $"{resource.ApiVersion} {resource.Id.Replace(Workspace, string.Empty, StringComparison.Ordinal)}")
            .Order(StringComparer.Ordinal),
    ];
}

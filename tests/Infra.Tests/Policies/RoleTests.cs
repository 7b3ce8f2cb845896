using CipherWatch.Infra.Tests.Templates;

namespace CipherWatch.Infra.Tests.Policies;

/// <summary>The roles that templates assign are those that <c>docs/deploy.md</c> lists, no more and no fewer.</summary>
public class RoleTests
{
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["76199698-9eea-4c19-bc75-cec21354c6b6"] = "Storage Table Data Reader",
        ["a638d3c7-ab3a-418d-83e6-5f17a39d4fde"] = "Azure Event Hubs Data Receiver",
        ["2b629674-e913-4c01-ae53-ef4638d8f975"] = "Azure Event Hubs Data Sender",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
    };

    [Fact]
    public void Roles_are_exactly_the_documented_ones() => Assert.Equal(Documented(), Assigned(Predicted.Of("newWorkspace")));

    [Theory]
    [InlineData("existingWorkspace")]
    [InlineData("privateNetwork")]
    public void Other_deployments_give_the_app_the_same(string name) =>
        Assert.Equal(Documented().Where(role => role.StartsWith("app |", StringComparison.Ordinal)), Assigned(Predicted.Of(name)));

    [Theory]
    [InlineData("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b")]
    [InlineData("containers/settings/providers/Microsoft.Authorization", "containers/other/providers/Microsoft.Authorization")]
    public void Another_role_or_scope_is_reported(string text, string by) =>
        Assert.NotEqual(Documented(), Assigned(Predicted.Of("newWorkspace", (text, by))));

    [Theory]
    [MemberData(nameof(Predicted.Names), MemberType = typeof(Predicted))]
    public void Every_assignment_says_what_kind_of_principal_it_is_for(string name) =>
        Assert.All(Predicted.Of(name).Resources.Where(IsAssignment), role => Assert.NotNull(role.At("properties.principalType")));

    private static string[] Documented() =>
    [
        .. Repository.Read("docs/deploy.md").Split('\n')
            .SkipWhile(line => line != "| who | role | scope |").Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Replace("`", string.Empty, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Assigned(Predicted deployment) =>
    [
        .. deployment.Resources.Where(IsAssignment)
            .Select(role => $"{Who(role)} | {RoleName(role)} | {Scope(role, deployment)}")
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsAssignment(Resource resource) => resource.Type == "Microsoft.Authorization/roleAssignments";

    private static string RoleName(Resource role) =>
        Roles.GetValueOrDefault(role.At("properties.roleDefinitionId")!.Split('/')[^1], "unknown role");

    private static string Who(Resource role)
    {
        string principal = role.At("properties.principalId")!;
        return principal.Contains("userAssignedIdentities/id-", StringComparison.Ordinal) ? "app"
            : role.At("properties.principalType") == "Group" ? "each of readerGroupIds" : "each of senders";
    }

    private static string Scope(Resource role, Predicted deployment)
    {
        string id = role.Id[..role.Id.IndexOf("/providers/Microsoft.Authorization", StringComparison.Ordinal)];
        Resource? target = deployment.Resources.FirstOrDefault(resource => resource.Id == id);
        string name = id[(id.LastIndexOf('/') + 1)..];
        return target?.Type switch
        {
            "Microsoft.Storage/storageAccounts" => name.Contains("host", StringComparison.Ordinal) ? "host storage account"
                : "data storage account",
            "Microsoft.Storage/storageAccounts/blobServices/containers" => $"container {name}",
            "Microsoft.Storage/storageAccounts/tableServices/tables" => $"table {name}",
            "Microsoft.EventHub/namespaces/eventhubs" => role.At("properties.principalType") == "ServicePrincipal" && Who(role) != "app"
                ? "the hub it is listed for" : $"hub {name}",
            "Microsoft.DurableTask/schedulers/taskHubs" => $"task hub {name}",
            "Microsoft.Insights/dataCollectionRules" => "collection rule of detections",
            "Microsoft.Insights/components" => "Application Insights",
            _ => $"{id}, which is not deployed",
        };
    }
}

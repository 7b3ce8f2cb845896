using CipherWatch.Infra.Tests.Templates;

namespace CipherWatch.Infra.Tests.Policies;

/// <summary>Nothing is set that the Flex Consumption plan ignores or refuses, and the host's storage is named the way that works.</summary>
public class FlexTests
{
    /// <summary>Settings that the plan refuses or ignores (Microsoft's list of unsupported settings, 2026).</summary>
    private static readonly string[] RefusedSettings =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_PROCESS_COUNT",
        "FUNCTIONS_MAX_HTTP_CONCURRENCY", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENTSHARE", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
        "WEBSITE_VNET_ROUTE_ALL", "SCM_DO_BUILD_DURING_DEPLOYMENT", "ENABLE_ORYX_BUILD", "WEBSITE_TIME_ZONE", "TZ",
    ];

    /// <summary>Site properties that the plan ignores, or refuses with error 51021.</summary>
    private static readonly string[] RefusedProperties =
    [
        "linuxFxVersion", "netFrameworkVersion", "alwaysOn", "use32BitWorkerProcess", "ftpsState", "functionAppScaleLimit",
            "preWarmedInstanceCount",
        "containerSize", "dailyMemoryTimeQuota",
    ];

    [Theory]
    [MemberData(nameof(Predicted.Names), MemberType = typeof(Predicted))]
    public void Nothing_is_set_that_the_plan_refuses(string name) => Assert.Empty(Violations(Predicted.Of(name)));

    [Theory]
    [InlineData("\"TASKHUB_NAME\"", "\"FUNCTIONS_WORKER_RUNTIME\"", "FUNCTIONS_WORKER_RUNTIME")]
    [InlineData("\"AzureWebJobsStorage__accountName\"", "\"AzureWebJobsStorage\"", "plain AzureWebJobsStorage")]
    [InlineData("\"AzureWebJobsStorage__clientId\"", "\"AzureWebJobsStorage__blobServiceUri\"", "AzureWebJobsStorage__clientId")]
    [InlineData("\"http20Enabled\": true", "\"alwaysOn\": true", "alwaysOn")]
    [InlineData("\"instanceMemoryMB\": 2048", "\"instanceMemoryMB\": 1000", "instanceMemoryMB")]
    [InlineData("\"maximumInstanceCount\": 40", "\"maximumInstanceCount\": 5", "maximumInstanceCount")]
    [InlineData("\"version\": \"10.0\"", "\"version\": \"11.0\"", "runtime")]
    [InlineData("\"name\": \"FC1\"", "\"name\": \"Y1\"", "plan")]
    public void What_breaks_it_is_reported(string text, string by, string reported) =>
        Assert.Contains(Violations(Predicted.Of("newWorkspace", (text, by))), line => line.Contains(reported, StringComparison.Ordinal));

    private static IEnumerable<string> Violations(Predicted deployment)
    {
        HashSet<string> settings = [.. deployment.Settings.Select(setting => setting.Key)];
        foreach (string refused in RefusedSettings.Where(settings.Contains))
        {
            yield return $"{refused} is set";
        }

        // Present and empty it would beat the settings of the identity, and break host and deployment.
        if (settings.Contains("AzureWebJobsStorage"))
        {
            yield return "plain AzureWebJobsStorage is set";
        }

        string[] connections = ["AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId"];
        foreach (string missing in connections.Where(name => !settings.Contains(name)))
        {
            yield return $"{missing} is not set";
        }

        Resource app = deployment.Resources.Single(resource => resource.Type == "Microsoft.Web/sites");
        string body = app.Body.ToJsonString();
        foreach (string refused in RefusedProperties.Where(name => body.Contains($"\"{name}\"", StringComparison.Ordinal)))
        {
            yield return $"site property {refused} is set";
        }

        const string scale = "properties.functionAppConfig.scaleAndConcurrency";
        if (app.At($"{scale}.instanceMemoryMB") is not ("512" or "2048" or "4096"))
        {
            yield return $"instanceMemoryMB is {app.At($"{scale}.instanceMemoryMB")}";
        }

        if (!int.TryParse(app.At($"{scale}.maximumInstanceCount"), out int instances) || instances is < 40 or > 1000)
        {
            yield return $"maximumInstanceCount is {app.At($"{scale}.maximumInstanceCount")}";
        }

        if (app.At("properties.functionAppConfig.runtime.name") != "dotnet-isolated"
            || app.At("properties.functionAppConfig.runtime.version") != "10.0")
        {
            yield return "runtime is not dotnet-isolated 10.0";
        }

        if (deployment.Resources.Single(resource => resource.Type == "Microsoft.Web/serverfarms").At("sku.name") != "FC1")
        {
            yield return "plan is not FC1";
        }
    }
}

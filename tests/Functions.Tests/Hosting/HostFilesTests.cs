using System.Text.Json;

namespace CipherWatch.Functions.Tests.Hosting;

/// <summary>The files that the host reads lie beside the app and say what the code rests on.</summary>
public class HostFilesTests
{
    [Fact]
    public void The_host_file_lies_beside_the_app()
    {
        JsonElement extensions = Read("host.json").GetProperty("extensions");
        JsonElement durable = extensions.GetProperty("durableTask");
        Assert.Equal("%TASKHUB_NAME%", durable.GetProperty("hubName").GetString());
        Assert.False(durable.GetProperty("extendedSessionsEnabled").GetBoolean());
        Assert.Equal("CurrentOrOlder", durable.GetProperty("versionMatchStrategy").GetString());
        Assert.Equal(1, extensions.GetProperty("eventHubs").GetProperty("batchCheckpointFrequency").GetInt32());
    }

    [Fact]
    public void The_sample_names_every_setting_that_the_triggers_ask_for()
    {
        JsonElement values = Read("local.settings.sample.json").GetProperty("Values");
        foreach (string name in new[] { "SYSMON_HUB", "NETWORK_HUB", "CONSUMER_GROUP", "TASKHUB_NAME", "EventHubConnection", "AzureWebJobsStorage" })
        {
            Assert.True(values.TryGetProperty(name, out _), name);
        }

        Assert.Equal("dotnet-isolated", values.GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString());
    }

    private static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name))).RootElement;
}

using System.Text.Json;

namespace CipherWatch.Functions.Tests.Hosting;

/// <summary>The files that the host reads lie beside the app and say what the code rests on.</summary>
public class HostFilesTests
{
    [Fact]
    public void The_host_file_lies_beside_the_app()
    {
        JsonElement extensions = HostFile.Read("host.json").GetProperty("extensions");
        JsonElement durable = extensions.GetProperty("durableTask");
        Assert.Equal("%TASKHUB_NAME%", durable.GetProperty("hubName").GetString());
        Assert.False(durable.GetProperty("extendedSessionsEnabled").GetBoolean());
        Assert.Equal("CurrentOrOlder", durable.GetProperty("versionMatchStrategy").GetString());
        Assert.Equal(1, extensions.GetProperty("eventHubs").GetProperty("batchCheckpointFrequency").GetInt32());
    }

    [Fact]
    public void The_sample_of_settings_runs_the_app_on_an_emulator()
    {
        JsonElement values = HostFile.Read("local.settings.sample.json").GetProperty("Values");

        Assert.Equal("dotnet-isolated", values.GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString());
        Assert.Equal("UseDevelopmentStorage=true", values.GetProperty("AzureWebJobsStorage").GetString());
        Assert.True(values.TryGetProperty("TASKHUB_NAME", out _));
    }
}

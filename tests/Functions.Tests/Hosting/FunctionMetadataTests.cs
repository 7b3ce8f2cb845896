using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace CipherWatch.Functions.Tests.Hosting;

/// <summary>What the host is told of the app: by the worker when it starts, and by the file beside it.</summary>
public class FunctionMetadataTests
{
    [Fact]
    public async Task The_worker_names_every_function_with_its_trigger()
    {
        IEnumerable<string> named = (await FunctionsAsync()).Select(function => $"{function.Name} {Trigger(function).GetProperty("type")}");

        Assert.Equal(
            [
                "AttemptsEntity entityTrigger",
                "AuditEntity entityTrigger",
                "BatchOrchestration orchestrationTrigger",
                "ChannelEntity entityTrigger",
                "CleanEntities activityTrigger",
                "ClockEntity entityTrigger",
                "CountBacklog timerTrigger",
                "Detections httpTrigger",
                "EsxiEvents eventHubTrigger",
                "ExpireEntities timerTrigger",
                "ExpireRows timerTrigger",
                "ExpiryOrchestration orchestrationTrigger",
                "ExportedLinuxEvents eventHubTrigger",
                "ExportedWindowsEvents eventHubTrigger",
                "FindInJournal activityTrigger",
                "FlowEntity entityTrigger",
                "FoldPrevalence timerTrigger",
                "Health httpTrigger",
                "Ingest httpTrigger",
                "KeepPrevalence activityTrigger",
                "KeepUndelivered activityTrigger",
                "KeyedIngest httpTrigger",
                "LinuxEvents eventHubTrigger",
                "ListIdleEntities activityTrigger",
                "ListOpenEntities activityTrigger",
                "LookAgainOrchestration orchestrationTrigger",
                "MacOsEvents eventHubTrigger",
                "NetworkEvents eventHubTrigger",
                "NoteJudgedVersion activityTrigger",
                "OpenApi httpTrigger",
                "PayloadSampleEvents eventHubTrigger",
                "ProcessEntity entityTrigger",
                "PublishDetections activityTrigger",
                "PurgeHistory timerTrigger",
                "RejudgeOrchestration orchestrationTrigger",
                "ReplayDeadLetters httpTrigger",
                "Score httpTrigger",
                "SettingsChanged timerTrigger",
                "StartLookAgain activityTrigger",
                "Suppressions httpTrigger",
                "WindowsEvents eventHubTrigger",
            ],
            named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("WindowsEvents", "%WINDOWS_HUB%", "EventHubConnection")]
    [InlineData("LinuxEvents", "%LINUX_HUB%", "EventHubConnection")]
    [InlineData("MacOsEvents", "%MACOS_HUB%", "EventHubConnection")]
    [InlineData("EsxiEvents", "%ESXI_HUB%", "EventHubConnection")]
    [InlineData("NetworkEvents", "%NETWORK_HUB%", "EventHubConnection")]
    [InlineData("PayloadSampleEvents", "%PAYLOAD_SAMPLE_HUB%", "EventHubConnection")]
    [InlineData("ExportedWindowsEvents", "%WINDOWS_EXPORT_HUB%", "ExportHubConnection")]
    [InlineData("ExportedLinuxEvents", "%LINUX_EXPORT_HUB%", "ExportHubConnection")]
    public async Task A_hub_is_read_in_batches_of_whole_events_and_its_retries_never_give_up(string name, string hub, string connection)
    {
        IFunctionMetadata function = Assert.Single(await FunctionsAsync(), function => function.Name == name);
        JsonElement trigger = Trigger(function);

        Assert.Equal(hub, trigger.GetProperty("eventHubName").GetString());
        Assert.Equal(connection, trigger.GetProperty("connection").GetString());
        Assert.Equal("%CONSUMER_GROUP%", trigger.GetProperty("consumerGroup").GetString());
        Assert.Equal("Many", trigger.GetProperty("cardinality").GetString());

        // Bound by the worker: body and metadata come together, as EventData.
        Assert.Equal("True", trigger.GetProperty("properties").GetProperty("supportsDeferredBinding").GetString());
        Assert.Equal(
            (-1, TimeSpan.FromSeconds(4), TimeSpan.FromMinutes(5)),
            (function.Retry?.MaxRetryCount, function.Retry?.MinimumInterval, function.Retry?.MaximumInterval));
    }

    [Fact]
    public async Task The_file_beside_the_app_says_the_same_as_the_worker()
    {
        IEnumerable<(string? Name, string? EntryPoint, string Bindings, int? Retries)> written = HostFile.Read("functions.metadata")
            .EnumerateArray()
            .Select(function => (
                function.GetProperty("name").GetString(),
                function.GetProperty("entryPoint").GetString(),
                Bindings(function.GetProperty("bindings").EnumerateArray()),
                function.TryGetProperty("retry", out JsonElement retry) ? retry.GetProperty("maxRetryCount").GetInt32() : (int?)null));
        IEnumerable<(string? Name, string? EntryPoint, string Bindings, int? Retries)> told = (await FunctionsAsync())
            .Select(function => (
                function.Name,
                function.EntryPoint,
                Bindings(function.RawBindings!.Select(Parse)),
                function.Retry?.MaxRetryCount));

        Assert.Equal(
            written.OrderBy(function => function.Name, StringComparer.Ordinal),
            told.OrderBy(function => function.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_sample_of_settings_has_every_setting_that_a_binding_names()
    {
        JsonElement sample = HostFile.Read("local.settings.sample.json").GetProperty("Values");
        IEnumerable<JsonElement> bindings = (await FunctionsAsync()).SelectMany(function => function.RawBindings!).Select(Parse);
        HashSet<string> named = [];
        foreach (JsonProperty field in bindings.SelectMany(binding => binding.EnumerateObject())
            .Where(field => field.Value.ValueKind == JsonValueKind.String))
        {
            string value = field.Value.GetString()!;
            if (value is ['%', .., '%'])
            {
                named.Add(value.Trim('%'));
            }
            else if (field.NameEquals("connection"))
            {
                named.Add(value);
            }
        }

        Assert.Equal(
            [
                "CONSUMER_GROUP", "ESXI_HUB", "EventHubConnection", "ExportHubConnection", "LINUX_EXPORT_HUB", "LINUX_HUB", "MACOS_HUB",
                "NETWORK_HUB", "PAYLOAD_SAMPLE_HUB", "WINDOWS_EXPORT_HUB", "WINDOWS_HUB",
            ],
            named.Order(StringComparer.Ordinal));
        Assert.All(named, name => Assert.True(sample.TryGetProperty(name, out _), name));
    }

    private static async Task<IEnumerable<IFunctionMetadata>> FunctionsAsync() =>
        await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync(AppContext.BaseDirectory);

    private static JsonElement Trigger(IFunctionMetadata function) => Assert.Single(
        function.RawBindings!.Select(Parse),
        binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));

    /// <summary>Bindings without what only one of both writes: empty properties, and the type of a parameter's data.</summary>
    private static string Bindings(IEnumerable<JsonElement> bindings) => string.Join('\n', bindings.Select(binding => string.Join(
        ' ',
        binding.EnumerateObject()
            .Where(field => field.Name != "dataType" && field.Value.GetRawText() != "{}")
            .Select(field => $"{field.Name}={JsonSerializer.Serialize(field.Value)}")
            .Order(StringComparer.Ordinal))));

    private static JsonElement Parse(string json) => JsonElement.Parse(json);
}

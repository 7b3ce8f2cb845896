using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Delivery.Tests.Hosting;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Rejudging;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Delivery.Tests;

/// <summary>Workers of this version over what an earlier one stored.</summary>
public sealed class UpgradeTests(StorageEmulator emulator) : IClassFixture<StorageEmulator>
{
    [Fact]
    public async Task States_of_an_earlier_version_are_read_judged_and_published()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        string folder = Former();
        EntityState<ProcessFacts> process = Read<ProcessFacts>(folder, "process");
        EntityState<ChannelFacts> channel = Read<ChannelFacts>(folder, "channel");
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "upgrade", new([]) { FormerStates = folder, Workers = 1 });

        await run.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(BatchOrchestration),
            new BatchPart(
            [
                new(FactKinds.Channel, FactKinds.Channel.Empty(channel.Facts!.Key)), new(FactKinds.Process, FactKinds.Process.Empty(process.Facts!.Key)),
            ]),
            new StartOrchestrationOptions("former"), stop);
        await run.UntilAllEndedAsync(stop);
        EntityMetadata? stored = await run.Client.Entities.GetEntityAsync(
            new EntityInstanceId("ProcessEntity", EntityKeyText.Of(process.Facts!.Key.Value)), cancellation: stop);
        Assert.Contains("\"v\":2", stored?.State?.Value, StringComparison.Ordinal);

        run.Replace();
        await run.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RejudgeOrchestration), new RejudgeInput("next", null), new StartOrchestrationOptions("next"), stop);
        await run.UntilAllEndedAsync(stop);

        IReadOnlyList<string> published = await DetectionsTable.ReadAsync(run.Storage, run.Table);
        Assert.Equal(
            new[] { Assert.Single(process.Outbox).Id.ToString(), Assert.Single(channel.Outbox).Id.ToString() }.Order(StringComparer.Ordinal),
            published.Select(line => System.Text.Json.JsonElement.Parse(line).GetProperty("detectionId").GetString()!).Order(StringComparer.Ordinal));
        stored = await run.Client.Entities.GetEntityAsync(
            new EntityInstanceId("ProcessEntity", EntityKeyText.Of(process.Facts!.Key.Value)), cancellation: stop);
        Assert.Equal(ProcessFacts.CurrentSchema, FactsJson.Deserialize<EntityState<ProcessFacts>>(stored!.State!.Value).Facts!.SchemaVersion);
        Assert.DoesNotContain("\"v\":2", stored.State.Value, StringComparison.Ordinal);
    }

    private static EntityState<TFacts> Read<TFacts>(string folder, string kind)
        where TFacts : class => FactsJson.Deserialize<EntityState<TFacts>>(File.ReadAllText(Path.Join(folder, kind + ".json")));

    /// <summary>The states that the tests of their readers are about.</summary>
    private static string Former()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Join(folder, "global.json")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Join(folder, "tests", "Core.Tests", "Pipeline", "State", "Former");
    }
}

using System.Globalization;
using System.Text;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Delivery.Tests.Hosting;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Delivery.Tests;

/// <summary>Telemetry that four clients post over HTTP is in the table as the local runner finds it.</summary>
public sealed class IngestTests(StorageEmulator emulator) : IClassFixture<StorageEmulator>
{
    [Fact]
    public async Task A_fleet_by_four_clients_while_workers_are_killed()
    {
        IReadOnlyList<string> records = Fleet.Records();
        Post[] posts =
        [
            .. records.Chunk(20).Select(lines => new Post("windows", Encoding.UTF8.GetBytes(string.Join('\n', lines)))),
        ];
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "posts", new([]) { Posts = posts, Kills = 2, Workers = 2 });

        Assert.Equal(DetectionsTable.Local(records), await DetectionsTable.ReadAsync(run.Storage, run.Table));
        Assert.Equal((records.Count, 0), (run.Posted["records"], run.Posted["deadLettered"]));
        Assert.Equal(2, run.Died);
    }

    /// <summary>Takes many minutes: it runs where <c>CIPHERWATCH_DELIVERY_CORPUS</c> names a folder of telemetry.</summary>
    [Fact]
    public async Task A_folder_of_telemetry_by_four_clients()
    {
        string? folder = Environment.GetEnvironmentVariable("CIPHERWATCH_DELIVERY_CORPUS");
        Assert.SkipWhen(folder is not { Length: > 0 }, "CIPHERWATCH_DELIVERY_CORPUS names no folder of telemetry.");
        IReadOnlyList<Post> posts = TelemetryFolder.Posts(folder!);
        RunPlan plan = new([]) { Posts = posts, Limit = TimeSpan.FromHours(1) };
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "folder", plan);

        Letters letters = new();
        IReadOnlyList<string> local = DetectionsTable.Local(posts.Select(post => post.Body), letters);
        long records = run.Posted["records"];
        string[] idle = ["lease", "poll"];
        int requests = run.Requests.Where(request => !idle.Contains(request.Key)).Sum(request => request.Value);
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture,
            $"{posts.Count} posts, {records} records, {run.Posted["deadLettered"]} dead letters, {run.EntityCalls} entity calls, {local.Count} detections, {requests * 1000.0 / Math.Max(1, records):0.0} storage requests per 1,000 records"));
        Assert.Equal(local, await DetectionsTable.ReadAsync(run.Storage, run.Table));
        Assert.Equal(letters.Count, run.Posted["deadLettered"]);
    }

    private sealed class Letters : IDeadLetterSink
    {
        public long Count { get; private set; }

        public void Write(DeadLetter letter) => Count++;
    }
}

using System.Globalization;
using System.Text;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Delivery.Tests.Hosting;
using CipherWatch.DeliveryWorker;

namespace CipherWatch.Delivery.Tests;

/// <summary>
/// What a thousand records cost on the durable backend, over real telemetry where the environment has some: <c>CIPHERWATCH_COSTS</c> names
/// a file of records, one a line, or a Zeek log with its header; <c>CIPHERWATCH_COSTS_RECORDS</c> how many of them where it is set.
/// </summary>
public sealed class CostTests(StorageEmulator emulator) : IClassFixture<StorageEmulator>
{
    private const int BatchRecords = 1000;
    private const int UsualRecords = 20_000;

    [Fact]
    public async Task A_thousand_records_cost_storage_requests_and_processor_time()
    {
        string? path = Environment.GetEnvironmentVariable("CIPHERWATCH_COSTS");
        Assert.SkipWhen(path is null, "CIPHERWATCH_COSTS names no file of records.");
        int limit = Environment.GetEnvironmentVariable("CIPHERWATCH_COSTS_RECORDS") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : UsualRecords;
        string[] lines = [.. File.ReadLines(path!).Take(limit)];
        string[] header = [.. lines.TakeWhile(line => line.StartsWith('#'))];
        string[][] batches = [.. lines.Skip(header.Length).Chunk(BatchRecords)];
        int records = batches.Sum(batch => batch.Length);

        // A log with a header is one body a batch; records that stand alone are an event each.
        RunPlan plan = new([.. batches.SelectMany(batch => header.Length == 0 ? batch : [Body(header, batch)])])
        {
            BatchSize = header.Length == 0 ? BatchRecords : 1,
            Workers = 1,
            Partitions = 1,
            Looks = false,
            Limit = TimeSpan.FromMinutes(30),
        };
        await using DeliveryRun run = await DeliveryRun.GoAsync(emulator, "costs", plan);

        string[] idle = ["lease", "poll"];
        int requests = run.Requests.Where(request => !idle.Contains(request.Key)).Sum(request => request.Value);
        Report(path!, records, requests, run, await StateSizes.ReadAsync(run.Client, TestContext.Current.CancellationToken));
        Assert.True(requests > 0);
    }

    private static string Body(string[] header, string[] batch) => HubReader.Encoded
        + Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\n', header.Concat(batch)) + "\n"));

    private static void Report(string path, int records, int requests, DeliveryRun run, StateSizes states)
    {
        double thousands = records / 1000.0;
        StringBuilder report = new();
        report.AppendLine(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}: {records} records, {run.Batches} batches");
        report.AppendLine(CultureInfo.InvariantCulture, $"storage requests per 1,000 records: {requests / thousands:0.0}");
        report.AppendLine(CultureInfo.InvariantCulture, $"entity calls: {run.EntityCalls}, records per call: {records / (double)Math.Max(1, run.EntityCalls):0.0}");
        report.AppendLine(CultureInfo.InvariantCulture, $"processor seconds per 1,000 records: {run.ProcessorTime.TotalSeconds / thousands:0.00}");
        foreach ((string kind, int count) in run.Requests.OrderBy(request => request.Key, StringComparer.Ordinal))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"{kind}: {count / thousands:0.0}");
        }

        foreach (FactKind kind in FactKinds.All)
        {
            (long entities, long bytes, long largest) = states.Of(kind.Name);
            report.AppendLine(
                CultureInfo.InvariantCulture,
                $"{kind.Name}: {entities} entities, {bytes / (double)Math.Max(1, entities):0} bytes of state each, {largest} at most");
        }

        if (states.Unread > 0)
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"states that lie in a blob and were not read: {states.Unread}");
        }

        TestContext.Current.SendDiagnosticMessage(report.ToString());
    }
}

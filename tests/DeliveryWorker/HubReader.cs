using System.Globalization;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Ingestion;
using Microsoft.DurableTask.Client;

namespace CipherWatch.DeliveryWorker;

/// <summary>
/// An event hub as folders: a partition is a folder, a batch a file of it, its checkpoint a file too. Like the trigger of the app it
/// reads a batch again until it is taken, moves the checkpoint on then, and reads it again when the worker died between.
/// </summary>
internal sealed class HubReader(BatchHandler handler, DurableTaskClient client, string folder)
{
    /// <summary>What a line begins with that holds a body of many lines, as base64.</summary>
    public const string Encoded = "base64:";

    private const string Checkpoint = "checkpoint";
    private const long SequencesOfBatch = 10_000;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    /// <summary>The sequence number of a batch that a checkpoint stands at; 0 before the first.</summary>
    public static int Reached(string partition)
    {
        string path = Path.Join(partition, Checkpoint);
        return File.Exists(path) && int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out int reached) ? reached : 0;
    }

    /// <summary>The file of a batch.</summary>
    public static string Batch(string partition, int number) =>
        Path.Join(partition, string.Create(CultureInfo.InvariantCulture, $"{number:d6}.ndjson"));

    /// <summary>Reads all partitions that no other worker holds, until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Directory.GetDirectories(folder).Select(partition => Task.Run(() => ReadAsync(partition, stop), stop)));

    private async Task ReadAsync(string partition, CancellationToken stop)
    {
        using FileStream owned = await OwnAsync(partition, stop);
        while (true)
        {
            int next = Reached(partition) + 1;
            if (File.Exists(Batch(partition, next)) && await TryHandleAsync(partition, next, stop))
            {
                string written = Path.Join(partition, Checkpoint + ".new");
                await File.WriteAllTextAsync(written, next.ToString(CultureInfo.InvariantCulture), stop);
                File.Move(written, Path.Join(partition, Checkpoint), overwrite: true);
                continue;
            }

            await Task.Delay(Wait, stop);
        }
    }

    private static async Task<FileStream> OwnAsync(string partition, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new(Path.Join(partition, "owner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Wait, stop);
            }
        }
    }

    private async Task<bool> TryHandleAsync(string partition, int number, CancellationToken stop)
    {
        string name = Path.GetFileName(partition);
        long first = number * SequencesOfBatch;
        List<IncomingBody> events = [];
        foreach (string line in await File.ReadAllLinesAsync(Batch(partition, number), stop))
        {
            long sequence = first + events.Count;
            byte[] body = line.StartsWith(Encoded, StringComparison.Ordinal)
                ? Convert.FromBase64String(line[Encoded.Length..]) : System.Text.Encoding.UTF8.GetBytes(line);
            events.Add(new(body, new(
                "hub", name, sequence.ToString(CultureInfo.InvariantCulture), sequence, DateTimeOffset.UnixEpoch.AddSeconds(sequence))));
        }

        try
        {
            string id = BatchId.OfEvents("local", "hub", "group", name, first, first + events.Count - 1);
            await handler.HandleAsync(new IncomingBatch(id, "hub", events), client, stop);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The trigger's retry policy: for ever.
            Console.WriteLine($"{name}/{number}: {exception.GetType().Name}: {exception.Message}");
            return false;
        }
    }
}

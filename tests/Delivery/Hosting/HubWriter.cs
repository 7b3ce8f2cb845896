using CipherWatch.DeliveryWorker;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>Writes batches into the partitions that <see cref="HubReader"/> reads.</summary>
internal sealed class HubWriter
{
    private readonly string[] _partitions;
    private readonly int[] _written;
    private readonly string[][] _batches;
    private readonly Random? _random;
    private int _turn;

    /// <summary>Writes each batch once, and where there is an order of chance, each a second time elsewhere.</summary>
    public HubWriter(string folder, RunPlan plan)
    {
        _random = plan.Seed is { } seed ? new(seed) : null;
        _partitions = [.. Enumerable.Range(0, plan.Partitions).Select(index => Path.Join(folder, $"p{index}"))];
        _written = new int[plan.Partitions];
        Array.ForEach(_partitions, partition => Directory.CreateDirectory(partition));
        string[] records = [.. plan.Records];
        _random?.Shuffle(records);
        _batches = [.. records.Chunk(plan.BatchSize)];
        Write(_batches);
        if (_random is not null)
        {
            Again();
        }
    }

    /// <summary>Batches written.</summary>
    public int Written => _written.Sum();

    /// <summary>Batches that were taken.</summary>
    public int Taken => _partitions.Sum(HubReader.Reached);

    /// <summary>Writes all batches once more, in another order and to other partitions: events that are delivered twice.</summary>
    public void Again()
    {
        string[][] batches = [.. _batches];
        _random?.Shuffle(batches);
        _turn++;
        Write(batches);
    }

    private void Write(string[][] batches)
    {
        foreach (string[] batch in batches)
        {
            int partition = _turn++ % _partitions.Length;
            string path = HubReader.Batch(_partitions[partition], ++_written[partition]);
            File.WriteAllLines(path + ".new", batch);
            File.Move(path + ".new", path);
        }
    }
}

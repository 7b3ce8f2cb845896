using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>The packed form of sightings, of a host's clocks, of payload samples and of keys.</summary>
internal static partial class PackedFacts
{
    // Where First and Last stand: absent, one of the sample, or after it.
    private const ulong Absent = 0;

    /// <summary>How many verdicts there are. A body's cover is written above its verdict: samples without one are as before.</summary>
    private const int Verdicts = (int)PayloadVerdict.Protocol + 1;

    /// <summary>What is added to the protocol of a destination of which the kernel tells: more than any protocol's number.</summary>
    private const int Kernel = byte.MaxValue + 1;

    /// <summary>Sightings as bytes: the sample, then the first and last, by their place in it where they are of it.</summary>
    public static void Write(ref FactWriter writer, Sightings sightings)
    {
        writer.Number((ulong)sightings.Sample.Length);
        foreach (Sighting sighting in sightings.Sample)
        {
            writer.Sighting(sighting);
        }

        if (sightings.Sample.Length >= Sightings.Capacity)
        {
            writer.Hash(sightings.Counted.First);
            writer.Hash(sightings.Counted.Second);
            writer.Hash(sightings.Counted.Third);
        }

        WriteEnd(ref writer, sightings.Sample, sightings.First);
        WriteEnd(ref writer, sightings.Sample, sightings.Last);
    }

    /// <summary>Sightings from their bytes.</summary>
    public static Sightings ReadSightings(ref FactReader reader)
    {
        int count = reader.Count();
        ImmutableArray<Sighting>.Builder sample = ImmutableArray.CreateBuilder<Sighting>(count);
        for (int index = 0; index < count; index++)
        {
            sample.Add(reader.Sighting());
        }

        ImmutableArray<Sighting> kept = sample.MoveToImmutable();
        CountBits counted = count >= Sightings.Capacity ? new(reader.Hash(), reader.Hash(), reader.Hash()) : default;
        return new() { Sample = kept, Counted = counted, First = ReadEnd(ref reader, kept), Last = ReadEnd(ref reader, kept) };
    }

    /// <summary>A host's clocks as bytes.</summary>
    public static void Write(ref FactWriter writer, HostClock clock)
    {
        writer.Number((ulong)clock.Samples.Length);
        foreach (ClockSample sample in clock.Samples)
        {
            writer.Number((ulong)sample.Clock);
            writer.Signed(sample.EventCode);
            writer.Id(sample.Id);
            writer.Signed(sample.DeltaMs);
        }
    }

    /// <summary>A host's clocks from their bytes.</summary>
    public static HostClock ReadClock(ref FactReader reader)
    {
        const int Clocks = (int)FactClock.ConnectionEvent + 1;
        int count = reader.Count();
        ImmutableArray<ClockSample>.Builder samples = ImmutableArray.CreateBuilder<ClockSample>(count);
        for (int index = 0; index < count; index++)
        {
            samples.Add(new((FactClock)reader.OneOf(Clocks), reader.Int(), reader.Id(), reader.Signed()));
        }

        return new() { Samples = samples.MoveToImmutable() };
    }

    /// <summary>Payload samples as bytes.</summary>
    public static void Write(ref FactWriter writer, ImmutableArray<PayloadFact> payloads)
    {
        writer.Number((ulong)payloads.Length);
        foreach (PayloadFact payload in payloads)
        {
            writer.Hash(payload.SampleId);
            writer.Number((ulong)payload.Speaker);
            writer.Signed(payload.Sampled);
            writer.Number((ulong)payload.Verdict + ((ulong)Verdicts * (ulong)payload.Cover));
            writer.Signed(payload.Score);
            writer.Signed(payload.Z);
            writer.Signed(payload.CompressionZ);
            writer.Signed(payload.XorKeyLength);
            writer.Signed(payload.EcbRepeats);
            writer.Id(payload.Observation);
        }
    }

    /// <summary>Payload samples from their bytes.</summary>
    public static ImmutableArray<PayloadFact> ReadPayloads(ref FactReader reader)
    {
        int speakers = Enum.GetValues<FlowEnd>().Length;
        int covers = Enum.GetValues<BodyCover>().Length;
        int count = reader.Count();
        ImmutableArray<PayloadFact>.Builder payloads = ImmutableArray.CreateBuilder<PayloadFact>(count);
        for (int index = 0; index < count; index++)
        {
            ulong sample = reader.Hash();
            FlowEnd speaker = (FlowEnd)reader.OneOf(speakers);
            int sampled = reader.Int();
            int judged = reader.OneOf(Verdicts * covers);
            payloads.Add(new()
            {
                SampleId = sample,
                Speaker = speaker,
                Sampled = sampled,
                Verdict = (PayloadVerdict)(judged % Verdicts),
                Cover = (BodyCover)(judged / Verdicts),
                Score = reader.Int(),
                Z = reader.Int(),
                CompressionZ = reader.Int(),
                XorKeyLength = reader.Int(),
                EcbRepeats = reader.Int(),
                Observation = reader.Id(),
            });
        }

        return payloads.MoveToImmutable();
    }

    /// <summary>Bytes of connections, packed.</summary>
    public static void Write(ref FactWriter writer, ImmutableArray<TransferFact> transfers)
    {
        writer.Number((ulong)transfers.Length);
        foreach (TransferFact transfer in transfers)
        {
            writer.Address(transfer.Ip);
            writer.Number(transfer.Port);
            writer.Number(transfer.Protocol);
            writer.Hash(transfer.RecordId);
            writer.Number((ulong)transfer.Time.Clock);
            writer.Signed(transfer.Time.Ms);
            writer.Signed(transfer.Out);
            writer.Signed(transfer.In);
        }
    }

    /// <summary>Bytes of connections, unpacked.</summary>
    public static ImmutableArray<TransferFact> ReadTransfers(ref FactReader reader)
    {
        const int Clocks = (int)FactClock.ConnectionEvent + 1;
        int count = reader.Count();
        ImmutableArray<TransferFact>.Builder transfers = ImmutableArray.CreateBuilder<TransferFact>(count);
        for (int index = 0; index < count; index++)
        {
            transfers.Add(new(
                reader.Address(), reader.Port(), reader.Protocol(), reader.Hash(),
                new((FactClock)reader.OneOf(Clocks), reader.Signed()), reader.Signed(), reader.Signed()));
        }

        return transfers.MoveToImmutable();
    }

    /// <summary>A flow's day as bytes.</summary>
    public static void Write(ref FactWriter writer, FlowKey key, int day)
    {
        writer.Address(key.FirstIp);
        writer.Number(key.FirstPort);
        writer.Address(key.SecondIp);
        writer.Number(key.SecondPort);
        writer.Number(key.Protocol);
        writer.Signed(day);
    }

    /// <summary>A flow's day from its bytes.</summary>
    public static (FlowKey Key, int Day) ReadFlow(ref FactReader reader) =>
        (FlowKey.Create(reader.Address(), reader.Port(), reader.Address(), reader.Port(), reader.Protocol()), reader.Int());

    /// <summary>A destination as bytes.</summary>
    public static void Write(ref FactWriter writer, DestinationKey key)
    {
        writer.Signed(key.Day);
        writer.Address(key.Ip);
        writer.Number(key.Port);
        writer.Number((ulong)(key.Protocol + (key.IsOfKernel ? Kernel : 0)));
    }

    /// <summary>A destination from its bytes.</summary>
    public static DestinationKey ReadDestination(ref FactReader reader) =>
        Destination(reader.Int(), reader.Address(), reader.Port(), reader.OneOf(2 * Kernel));

    private static DestinationKey Destination(int day, IpAddress address, ushort port, int protocol) =>
        new(day, address, port, (byte)(protocol % Kernel), protocol >= Kernel);

    private static void WriteEnd(ref FactWriter writer, ImmutableArray<Sighting> sample, Sighting? end)
    {
        if (end is not { } sighting)
        {
            writer.Number(Absent);
            return;
        }

        int place = sample.IndexOf(sighting);
        writer.Number((ulong)(place >= 0 ? place : sample.Length) + 1);
        if (place < 0)
        {
            writer.Sighting(sighting);
        }
    }

    private static Sighting? ReadEnd(ref FactReader reader, ImmutableArray<Sighting> sample)
    {
        int place = reader.OneOf(sample.Length + 2);
        return place == 0 ? null : place <= sample.Length ? sample[place - 1] : reader.Sighting();
    }
}

using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Tests.Ingestion;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

/// <summary>No bytes make the reader of event logs throw, hang or lose count; where a stream is cut in reading does not matter.</summary>
public class EventLogProperties
{
    private static readonly SyntheticEvent[] Events = [.. SyntheticDay.Events(120)];
    private static readonly byte[] WithTemplates = EventLogBuilder.Of(Events);
    private static readonly byte[] Plain = EventLogBuilder.Of(Events[..20], withTemplates: false);

    /// <summary>Places mostly where there is something, values mostly what means something there.</summary>
    public static Arbitrary<(int Place, byte Value)> Damage() =>
        Gen.OneOf(Gen.Choose(8, 127), Gen.Choose(4096, 4700), Gen.Choose(4096, 12_000), Gen.Choose(4096, WithTemplates.Length - 1))
            .Zip(Gen.OneOf(Gen.Choose(0, 15), Gen.Elements(0x21, 0x2a, 0x40, 0x41, 0x80, 0x81, 0xff), Gen.Choose(0, 255)))
            .Select(pair => (pair.Item1, (byte)pair.Item2)).ToArbitrary();

    [Property(MaxTest = 600, Arbitrary = [typeof(EventLogProperties)])]
    public void Damage_is_accounted_for((int Place, byte Value)[] damage, bool plain, PositiveInt size)
    {
        byte[] log = [.. plain ? Plain : WithTemplates];
        foreach ((int place, byte value) in damage)
        {
            log[place % log.Length] = value;
        }

        AssertSame(log, size.Get);
    }

    [Property(MaxTest = 200)]
    public void A_log_may_end_anywhere(int cut) => AssertSame(WithTemplates[..(int)((uint)cut % WithTemplates.Length)], 4096);

    [Property(MaxTest = 300)]
    public void Pieces_of_logs_in_any_order_are_accounted_for((ushort From, ushort Length)[] pieces) =>
        AssertSame([.. "ElfFile\0"u8, .. pieces.SelectMany(piece => WithTemplates.Skip(piece.From).Take(piece.Length))], 5000);

    [Property(MaxTest = 300)]
    public void Any_content_of_a_record_is_accounted_for(byte[] content)
    {
        EventLogBuilder builder = new();
        builder.Add(EventLogBuilder.Event(Events[0]), Events[0].Recorded).Add(EventLogBuilder.Event(Events[0]), Events[0].Recorded);
        byte[] log = builder.Build();
        content.CopyTo(log, builder.Places[1] + 24);

        AssertSame(log, 4096);
    }

    internal static void AssertAccounted(byte[] log, Reading reading)
    {
        Assert.Equal(reading.Counts.Records, reading.RecordsDone);
        Assert.Equal(reading.Counts.DeadLettered, reading.DeadLetters.Count(letter => letter.Part == 0));
        Assert.All(
            reading.DeadLetters,
            letter => Assert.Equal(log.AsSpan((int)letter.Origin.Offset, letter.Raw.Length), letter.Raw.Span));
        long at = 0;
        foreach ((_, long offset, int length) in reading.Pieces)
        {
            Assert.Equal(at, offset);
            at += length;
        }

        Assert.Equal(log.Length, at);
    }

    private static void AssertSame(byte[] log, int size)
    {
        Reading whole = Reading.Of(log);
        AssertAccounted(log, whole);
        Assert.Equal(whole.Summary(), Reading.InChunks(log, Math.Max(1000, size)).Summary());
    }
}

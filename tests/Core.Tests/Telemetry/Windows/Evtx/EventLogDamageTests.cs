using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

/// <summary>Logs that are dirty, damaged or cut: what is whole is read, and the rest is accounted for.</summary>
public class EventLogDamageTests
{
    internal const int SecondChunk = EventLogBuilder.HeaderBytes + EventLogBuilder.ChunkBytes;

    private static readonly SyntheticEvent[] Events = [.. SyntheticDay.Events(300)];
    /// <summary>A log of several chunks.</summary>
    internal static readonly byte[] Log = Build(out Places);
    private static readonly List<int> Places;

    [Fact]
    public void A_record_whose_length_was_never_written_is_read()
    {
        byte[] log = [.. Log];
        log.AsSpan(Places[3] + 4, 4).Clear();
        log.AsSpan(Places[4] - 4, 4).Clear();

        AssertCounts(log, Events.Length, 0);
    }

    [Fact]
    public void A_damaged_record_costs_itself_only()
    {
        byte[] log = [.. Log];
        log[Places[3]] = 0;
        Reading reading = AssertCounts(log, Events.Length, 1);

        DeadLetter letter = Assert.Single(reading.DeadLetters);
        Assert.Equal(Places[3], letter.Origin.Offset);
        Assert.Equal(log[Places[3]..Places[4]], letter.Raw.ToArray());
        Assert.Contains("Damaged event log", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stretch_of_zeros_among_records_is_a_dead_letter()
    {
        byte[] log = [.. Log];
        log.AsSpan(Places[10]..Places[20]).Clear();

        Reading reading = Reading.Of(log);

        // Templates that stood in it are lost to later records.
        Assert.Equal(log[Places[10]..Places[20]], reading.DeadLetters[0].Raw.ToArray());
        Assert.All(reading.DeadLetters.Skip(1), letter => Assert.Contains("template", letter.Reason, StringComparison.Ordinal));
        Assert.Equal(Events.Length - 10 + 1, reading.Counts.Records);
    }

    [Fact]
    public void A_record_whose_content_is_damaged_is_a_dead_letter()
    {
        byte[] log = [.. Log];
        log.AsSpan(Places[3] + 28, 4).Fill(0xee);
        DeadLetter letter = Assert.Single(AssertCounts(log, Events.Length, 1).DeadLetters);

        Assert.Equal(log[Places[3]..Places[4]], letter.Raw.ToArray());
    }

    [Fact]
    public void A_template_of_another_event_is_not_taken_for_the_one_that_was_overwritten()
    {
        byte[] log = [.. Log];

        // The definition's GUID, behind the record's header, the fragment's, the instance's and the pointer to the next.
        log[Places[0] + 24 + 4 + 10 + 4] ^= 1;
        Reading reading = Reading.Of(log);

        Assert.NotEmpty(reading.DeadLetters);
        Assert.All(reading.DeadLetters, letter => Assert.Contains("template", letter.Reason, StringComparison.Ordinal));
        Assert.Equal(Events.Length, reading.Counts.Records);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(65535)]
    public void The_number_of_chunks_in_the_header_does_not_matter(int chunks)
    {
        byte[] log = [.. Log];
        BitConverter.GetBytes((ushort)chunks).CopyTo(log, 42);

        AssertCounts(log, Events.Length, 0);
    }

    [Fact]
    public void Room_made_beforehand_is_nothing_and_a_counted_chunk_of_zeros_is_lost()
    {
        AssertCounts([.. Log, .. new byte[2 * EventLogBuilder.ChunkBytes]], Events.Length, 0);
        byte[] log = [.. Log, .. new byte[EventLogBuilder.ChunkBytes]];
        log[42]++;

        Assert.Equal(EventLogBuilder.ChunkBytes, Assert.Single(AssertCounts(log, Events.Length + 1, 1).DeadLetters).Raw.Length);
    }

    [Fact]
    public void What_is_no_chunk_is_a_dead_letter()
    {
        byte[] stale = new byte[EventLogBuilder.ChunkBytes];
        new Random(3).NextBytes(stale);

        Assert.Equal(stale, Assert.Single(AssertCounts([.. Log, .. stale], Events.Length + 1, 1).DeadLetters).Raw.ToArray());
    }

    [Fact]
    public void Records_are_read_from_a_chunk_that_lost_its_header()
    {
        byte[] log = [.. Log];
        log.AsSpan(EventLogBuilder.HeaderBytes, 512).Clear();

        AssertCounts(log, Events.Length, 0);
    }

    [Fact]
    public void Records_behind_a_stale_header_are_read_and_those_left_from_before_are_not()
    {
        byte[] log = [.. Log];
        BitConverter.GetBytes(Places[5] - EventLogBuilder.HeaderBytes).CopyTo(log, EventLogBuilder.HeaderBytes + 48);
        AssertCounts(log, Events.Length, 0);

        BitConverter.GetBytes(9999L).CopyTo(log, Places[8] + 8);
        int inFirstChunk = Places.Count(place => place < SecondChunk);
        AssertCounts(log, Events.Length - inFirstChunk + 8, 0);
    }

    [Fact]
    public void An_archived_chunk_has_zeros_up_to_its_end()
    {
        byte[] log = [.. Log];
        BitConverter.GetBytes(EventLogBuilder.ChunkBytes).CopyTo(log, EventLogBuilder.HeaderBytes + 48);

        AssertCounts(log, Events.Length, 0);
    }

    [Fact]
    public void Checksums_may_be_missing()
    {
        byte[] log = [.. Log];
        log.AsSpan(124, 4).Clear();
        log.AsSpan(EventLogBuilder.HeaderBytes + 52, 4).Clear();
        log.AsSpan(EventLogBuilder.HeaderBytes + 124, 4).Clear();

        Assert.Equal(Reading.Of(Log).Summary(), Reading.Of(log).Summary());
    }

    [Fact]
    public void A_chunk_that_comes_too_early_is_found()
    {
        byte[] log = [.. Log[..(SecondChunk - 8000)], .. Log[SecondChunk..]];
        Reading reading = Reading.Of(log);

        Assert.InRange(reading.Counts.DeadLettered, 0, 1);
        Assert.True(reading.Counts.Records > Places.Count(place => place >= SecondChunk));
        AssertCovered(log, reading);
    }

    [Fact]
    public void Logs_behind_one_another_and_chunks_without_a_file_header_are_read()
    {
        AssertCounts([.. Log, .. Log], 2 * Events.Length, 0);
        AssertCounts(Log[EventLogBuilder.HeaderBytes..], Events.Length, 0);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(2000)]
    public void A_cut_file_header_is_a_dead_letter(int length) => AssertCounts(Log[..length], 1, 1);

    [Fact]
    public void A_log_that_is_cut_says_so()
    {
        AssertCounts(Log[..(Places[5] + 60)], 6, 1);
        DeadLetter letter = Assert.Single(AssertCounts(Log[..Places[5]], 6, 1).DeadLetters);
        Assert.Equal("The event log (.evtx) is cut short.", letter.Reason);
    }

    private static byte[] Build(out List<int> places)
    {
        EventLogBuilder builder = new();
        foreach (SyntheticEvent record in Events)
        {
            builder.Add(EventLogBuilder.Event(record), record.Recorded);
        }

        places = builder.Places;
        return builder.Build();
    }

    private static Reading AssertCounts(byte[] log, long records, long deadLettered)
    {
        Reading reading = Reading.Of(log);
        Assert.Equal((records, deadLettered), (reading.Counts.Records, reading.Counts.DeadLettered));
        AssertCovered(log, reading);
        return reading;
    }

    private static void AssertCovered(byte[] log, Reading reading) => EventLogProperties.AssertAccounted(log, reading);
}

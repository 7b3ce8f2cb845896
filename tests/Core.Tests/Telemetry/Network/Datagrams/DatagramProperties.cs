using CipherWatch.Core.Tests.Ingestion;
using FsCheck.Xunit;
using static CipherWatch.Core.Tests.Telemetry.Network.Datagrams.DatagramBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Network.Datagrams;

/// <summary>No bytes make the reader of export datagrams throw, hang or lose count.</summary>
public class DatagramProperties
{
    private static readonly byte[] Stream =
    [
        .. V5(0, V5Record(), V5Record(49_813)), .. V9(17, Set(256, PlainRecord())), .. V9(17, Set(0, Template(256, Plain)), Set(256, PlainRecord(1), PlainRecord(2))),
        .. Ipfix(5, Set(2, Template(300, (8, 4), (12, 4), (4, 1), (96, 0xffff))), Set(300, [10, 0, 0, 1, 10, 0, 0, 2, 6, 2, 65, 66])),
    ];

    [Property(MaxTest = 500)]
    public void Damage_is_accounted_for((ushort Place, byte Value)[] damage, ushort cut)
    {
        byte[] bytes = [.. Stream];
        foreach ((ushort place, byte value) in damage)
        {
            bytes[place % bytes.Length] = value;
        }

        AssertAccounted(bytes[..(bytes.Length - (cut % bytes.Length))]);
    }

    [Property(MaxTest = 500)]
    public void Any_content_of_sets_is_accounted_for(byte[] template, byte[] data, bool ipfix)
    {
        byte[] id = U16(300);
        AssertAccounted(ipfix
            ? Ipfix(5, Set(2, id, template), Set(300, data), Set(3, id, template), Set(300, data))
            : V9(5, Set(0, id, template), Set(300, data), Set(1, id, template), Set(300, data)));
    }

    [Property(MaxTest = 100)]
    public void It_does_not_matter_where_a_stream_is_cut_in_reading(byte[] sizes)
    {
        string whole = Ingestion.Reading.Of(Stream).Summary();

        Assert.Equal(whole, Ingestion.Reading.InChunks(Stream, [.. sizes.Select(size => 1 + size), 7]).Summary());
    }

    private static void AssertAccounted(byte[] bytes)
    {
        Reading reading = Ingestion.Reading.Of(bytes);

        Assert.Equal(reading.Counts.DeadLettered, reading.DeadLetters.Count(letter => letter.Part == 0));
        Assert.Equal(reading.Counts.Records, reading.RecordsDone);
    }
}

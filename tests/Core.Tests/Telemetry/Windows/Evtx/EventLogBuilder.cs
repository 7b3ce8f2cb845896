using System.Globalization;
using System.Text;
using CipherWatch.Benchmarks.Synthetic;

namespace CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

/// <summary>Writes binary event logs as Windows does: file header, chunks with names and templates of their own, checksums.</summary>
internal sealed class EventLogBuilder
{
    public const int HeaderBytes = 4096;
    public const int ChunkBytes = 65536;
    public const int FirstRecord = HeaderBytes + 512;
    private const int MaxRecordLength = 8192;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    private readonly List<byte[]> _chunks = [];
    private BinXmlWriter? _writer;
    private int _firstOfChunk;
    private int _lastAt;
    private int _records;

    /// <summary>Where each record starts in the file.</summary>
    public List<int> Places { get; } = [];

    /// <summary>Events as Sysmon's and others' providers write them, in one log.</summary>
    public static byte[] Of(IEnumerable<SyntheticEvent> events, bool withTemplates = true)
    {
        EventLogBuilder builder = new();
        foreach (SyntheticEvent record in events)
        {
            builder.Add(withTemplates ? Event(record) : Plain(record), record.Recorded);
        }

        return builder.Build();
    }

    /// <summary>One event with all its chunk needs.</summary>
    public static byte[] Of(EventFragment fragment) =>
        new EventLogBuilder().Add(fragment, new(2025, 3, 4, 15, 15, 22, DateTimeKind.Utc)).Build();

    public EventLogBuilder Add(EventFragment fragment, DateTime written)
    {
        if (_writer is null || _writer.At > ChunkBytes - MaxRecordLength)
        {
            BeginChunk();
        }

        BinXmlWriter writer = _writer!;
        int start = writer.At;
        _records++;
        Places.Add(HeaderBytes + ((_chunks.Count - 1) * ChunkBytes) + start);
        writer.Bytes([.. "**\0\0"u8, 0, 0, 0, 0, .. BitConverter.GetBytes((long)_records)]);
        writer.Bytes(BitConverter.GetBytes(written.ToFileTimeUtc()));
        writer.Fragment(fragment);
        writer.Bytes(0);
        writer.Hole((8 - ((writer.At + 4) % 8)) % 8);
        int length = writer.At + 4 - start;
        writer.U32(length);
        writer.Patch(start + 4, length);
        _lastAt = start;
        return this;
    }

    public byte[] Build()
    {
        EndChunk();
        byte[] header = new byte[HeaderBytes];
        "ElfFile\0"u8.CopyTo(header);
        BitConverter.GetBytes((long)Math.Max(0, _chunks.Count - 1)).CopyTo(header, 16);
        BitConverter.GetBytes((long)_records + 1).CopyTo(header, 24);
        byte[] layout = [128, 0, 0, 0, 1, 0, 3, 0, 0, 0x10, .. BitConverter.GetBytes((ushort)_chunks.Count)];
        layout.CopyTo(header, 32);
        BitConverter.GetBytes(Crc(header.AsSpan(0, 120))).CopyTo(header, 124);
        return [.. header, .. _chunks.SelectMany(chunk => chunk)];
    }

    /// <summary>A System section with values, and data that is a template of its own: how nearly all events are written.</summary>
    public static EventFragment Event(SyntheticEvent record) => new(
        new Element(
            "Event",
            [("xmlns", ["http://schemas.microsoft.com/win/2004/08/events/event"])],
            System(record.Computer),
            new Substitution(6, EventValue.BinXml, true)),
        EventValue.Of(record.Provider),
        EventValue.Of((ushort)record.Id),
        EventValue.Time(record.Recorded),
        new(0x0a, BitConverter.GetBytes(record.Number)),
        EventValue.Of(record.Channel),
        new(0x13, [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]),
        EventValue.Of(new EventFragment(
            new Element(
                "EventData",
                [.. record.Data.Select((datum, index) => Element.Data(datum.Name, new Substitution(index, Value(datum).Type)))]),
            [.. record.Data.Select(Value)])));

    /// <summary>The same without templates or types: how collectors write what others forwarded to them.</summary>
    public static EventFragment Plain(SyntheticEvent record) => new(new Element(
        "Event",
        new Element(
            "System",
            new Element("Provider", [("Name", [record.Provider])]),
            new Element("EventID", [("Qualifiers", ["0"])], record.Id.ToString(CultureInfo.InvariantCulture)),
            new Element("TimeCreated", [("SystemTime", [record.Recorded.ToString("O", CultureInfo.InvariantCulture)])]),
            new Element("Channel", record.Channel),
            new Element("Computer", record.Computer)),
        new Element("EventData", [.. record.Data.Select(datum => Element.Data(datum.Name, datum.Value))]),
        new Element("RenderingInfo", new Element("Channel", "Operational"), new Element("Message", record.Message))));

    public static Element System(string computer) => new(
        "System",
        new Element("Provider", [("Name", [new Substitution(0, 1, true)])]),
        new Element("EventID", new Substitution(1, 6, true)),
        new Element("TimeCreated", [("SystemTime", [new Substitution(2, 0x11, true)])]),
        new Element("EventRecordID", new Substitution(3, 0x0a, true)),
        new Element("Channel", new Substitution(4, 1, true)),
        new Element("Computer", computer),
        new Element("Security", [("UserID", [new Substitution(5, 0x13, true)])]));

    private static EventValue Value((string Name, string Value) datum) => datum.Name switch
    {
        _ when datum.Value.StartsWith("0x", StringComparison.Ordinal) => new(0x15, BitConverter.GetBytes(Convert.ToInt64(datum.Value, 16))),
        "ProcessId" or "SourceProcessId" or "TargetProcessId" => EventValue.Of(uint.Parse(datum.Value, CultureInfo.InvariantCulture)),
        "SourcePort" or "DestinationPort" => EventValue.Of(ushort.Parse(datum.Value, CultureInfo.InvariantCulture)),
        "Initiated" => EventValue.Of(datum.Value == "true"),
        _ when datum.Name.EndsWith("Guid", StringComparison.Ordinal) && Guid.TryParse(datum.Value, out Guid guid) => EventValue.Of(guid),
        _ => EventValue.Of(datum.Value),
    };

    private void BeginChunk()
    {
        EndChunk();
        byte[] chunk = new byte[ChunkBytes];
        "ElfChnk\0"u8.CopyTo(chunk);
        _chunks.Add(chunk);
        _writer = new(chunk, FirstRecord - HeaderBytes);
        _firstOfChunk = _records + 1;
    }

    private void EndChunk()
    {
        if (_writer is null)
        {
            return;
        }

        byte[] chunk = _chunks[^1];
        long[] numbers = [_firstOfChunk, _records, _firstOfChunk, _records];
        int[] places = [128, _lastAt, _writer.At];
        byte[] layout = [.. numbers.SelectMany(BitConverter.GetBytes), .. places.SelectMany(BitConverter.GetBytes)];
        layout.CopyTo(chunk, 8);
        BitConverter.GetBytes(Crc(chunk.AsSpan(512, _writer.At - 512))).CopyTo(chunk, 52);
        chunk[120] = 1;
        BitConverter.GetBytes(Crc([.. chunk[..120], .. chunk[128..512]])).CopyTo(chunk, 124);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = CrcTable[(crc ^ value) & 0xff] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint CrcOf(int value)
    {
        uint crc = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
        }

        return crc;
    }
}

using System.Text;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

/// <summary>Values of every type, and every form that text takes in binary XML, read through a Sysmon 1's command line.</summary>
public class EventValueTests
{
    public static TheoryData<byte, byte[], string?> Values => new()
    {
        { 0x00, [], null },
        { 0x01, [], null },
        { 0x01, Utf16("cmd /c é€𝄞\0"), "cmd /c é€𝄞" },
        { 0x01, [0x41, 0x00, 0x00, 0xd8], "A\uFFFD" },
        { 0x02, [0x63, 0x6d, 0x64, 0xe9, 0], "cmdé" },
        { 0x03, [0xfe], "-2" },
        { 0x04, [0xfe], "254" },
        { 0x05, [0xfe, 0xff], "-2" },
        { 0x06, [0xfe, 0xff], "65534" },
        { 0x07, [0xfe, 0xff, 0xff, 0xff], "-2" },
        { 0x08, [0xfe, 0xff, 0xff, 0xff], "4294967294" },
        { 0x09, [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "-2" },
        { 0x0a, [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "18446744073709551614" },
        { 0x0b, BitConverter.GetBytes(1.5f), "1.5" },
        { 0x0c, BitConverter.GetBytes(-0.25), "-0.25" },
        { 0x0d, [1, 0, 0, 0], "true" },
        { 0x0d, [0, 0, 0, 0], "false" },
        { 0x0e, [0xde, 0xad], "DEAD" },
        { 0x0f, new Guid("6d3f0a11-5a28-67c7-b105-000000001a00").ToByteArray(), "{6d3f0a11-5a28-67c7-b105-000000001a00}" },
        { 0x10, [0x10, 0x20, 0, 0], "0x2010" },
        { 0x10, [0x10, 0x20, 0, 0, 1, 0, 0, 0], "0x100002010" },
        { 0x11, BitConverter.GetBytes(new DateTime(2025, 3, 4, 15, 15, 22, DateTimeKind.Utc).ToFileTimeUtc()), "2025-03-04T15:15:22.0000000Z" },
        { 0x11, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], null },
        { 0x12, [0xe9, 0x07, 3, 0, 2, 0, 4, 0, 15, 0, 15, 0, 22, 0, 123, 0], "2025-03-04T15:15:22.1230000Z" },
        { 0x12, [0xe9, 0x07, 2, 0, 2, 0, 30, 0, 15, 0, 15, 0, 22, 0, 123, 0], null },
        { 0x13, [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0], "S-1-5-32-544" },
        { 0x14, [0xef, 0xbe, 0, 0], "0xbeef" },
        { 0x15, [0, 0, 0, 0, 0, 0, 0, 0x80], "0x8000000000000000" },
        { 0x20, [1, 2], "0102" },
        { 0x23, Utf16("<x/>"), "<x/>" },
        { 0x81, Utf16("one\0two\0"), "two" },
        { 0x81, Utf16("one"), "one" },
        { 0x82, "one\0two\0"u8.ToArray(), "two" },
        { 0x84, [1, 2, 3], "3" },
        { 0x86, [1, 0, 2, 0], "2" },
        { 0x88, [1, 0, 0, 0, 2, 0, 0, 0], "2" },
        { 0x95, [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0], "0x2" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_reads_as_in_xml(byte type, byte[] bytes, string? expected) =>
        Assert.Equal(expected, Only(new(type, bytes), new Substitution(0, type)).Process!.CommandLine);

    [Theory]
    [InlineData(0x07, 3)]
    [InlineData(0x0f, 15)]
    [InlineData(0x11, 4)]
    [InlineData(0x13, 7)]
    [InlineData(0x22, 4)]
    [InlineData(0x7f, 1)]
    public void A_value_that_is_none_of_its_type_makes_the_event_a_dead_letter(byte type, int length)
    {
        Reading reading = Reading.Of(EventLogBuilder.Of(Event(new(type, new byte[length]), new Substitution(0, type))));

        Assert.Equal((1, 1), (reading.Counts.Records, reading.Counts.DeadLettered));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(20, 1)]
    public void Fragments_may_stand_in_one_another_so_deep(int depth, long deadLettered)
    {
        EventFragment inner = new(new Element("EventData", Element.Data("CommandLine", "deep")));
        for (; depth > 0; depth--)
        {
            inner = new(new Substitution(0, EventValue.BinXml), EventValue.Of(inner));
        }

        EventFragment whole = Event(EventValue.Of(inner), ["x"], null, null, new Substitution(0, EventValue.BinXml));
        Reading reading = Reading.Of(EventLogBuilder.Of(whole));
        Assert.Equal((1, deadLettered), (reading.Counts.Records, reading.Counts.DeadLettered));
        Assert.Equal(deadLettered == 0 ? "deep" : null, reading.Observations.SingleOrDefault()?.Process!.CommandLine);
    }

    [Fact]
    public void An_event_that_says_more_than_any_is_a_dead_letter()
    {
        string text = new('x', 2000);
        EventNode[] pieces = [.. Enumerable.Repeat<EventNode>(new Substitution(0, 1), 200)];
        DeadLetter letter = Assert.Single(Reading.Of(EventLogBuilder.Of(Event(EventValue.Of(text), pieces))).DeadLetters);

        Assert.Contains("more than any event", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_may_be_in_pieces()
    {
        EventNode[] pieces =
        [
            "a", new Substitution(0, 1), new EntityNode("amp"), new CharacterNode('!'), new CdataNode("<b>"),
            new InstructionNode("x", "y"), new EntityNode("lt"), "z",
        ];

        Assert.Equal("a-1-&!<b><z", Only(EventValue.Of("-1-"), pieces).Process!.CommandLine);
    }

    [Fact]
    public void Of_data_of_one_name_the_last_counts()
    {
        byte[] log = EventLogBuilder.Of(Event(EventValue.Of("x"), ["one"], Element.Data("CommandLine", "two")));

        Assert.Equal("two", Assert.Single(Reading.Of(log).Observations).Process!.CommandLine);
    }

    [Fact]
    public void A_value_the_record_does_not_have_is_none() =>
        Assert.Null(Only(EventValue.None, new Substitution(7, 1, IsOptional: true)).Process!.CommandLine);

    [Fact]
    public void Data_elsewhere_than_in_the_event_data_is_not_taken()
    {
        Element elsewhere = new("UserData", Element.Data("CommandLine", "wrong"));
        byte[] log = EventLogBuilder.Of(Event(EventValue.Of("x"), ["right"], null, elsewhere));

        Assert.Equal("right", Assert.Single(Reading.Of(log).Observations).Process!.CommandLine);
    }

    private static Observation Only(EventValue value, params EventNode[] commandLine) =>
        Assert.Single(Reading.Of(EventLogBuilder.Of(Event(value, commandLine))).Observations);

    private static EventFragment Event(EventValue value, params EventNode[] commandLine) => Event(value, commandLine, null);

    private static EventFragment Event(EventValue value, EventNode[] commandLine, Element? behind, Element? outside = null, EventNode? nested = null) => new(
        new Element(
            "Event",
            new Element(
                "System",
                new Element("Provider", [("Name", ["Microsoft-Windows-Sysmon"])]),
                new Element("EventID", "1"),
                new Element("Channel", "Microsoft-Windows-Sysmon/Operational"),
                new Element("Computer", "ws-041.corp.example")),
            new Element(
                "EventData",
                Element.Data("Image", @"C:\Windows\System32\cmd.exe"),
                Element.Data("CommandLine", commandLine),
                behind ?? new Element("Data", "unnamed")),
            nested ?? new Element("Nothing"),
            outside ?? new Element("Nothing")),
        value);

    private static byte[] Utf16(string text) => Encoding.Unicode.GetBytes(text);
}

using CipherWatch.Core.Telemetry.Esxi;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Golden;
using CipherWatch.Core.Tests.Telemetry.Network;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Formats;

/// <summary>What is told of a line at a glance is never wrong: a format that a line is not shown to does not read it.</summary>
public class LineGlanceTests
{
    private static readonly string[] Signs = ["\n", "t(", "audit(", "qu", "squid", " [", "F:", "CEF:0|", "<E", "<Event", ",", "(", "[", " ", "xyz"];

    private static readonly string[] Times =
    [
        "", "<13>", "<14>1 ", "Jan  1 00:00:01 ", "<13>Feb 29 23:59:60 ", "2026-01-01T00:00:01Z ", "2026-01-01T00:00:01.000Z ",
        "2026-01-01T00:00:01.123456+00:00 ", "<13>Mar 10 01:02:03 2026-01-01T00:00:01Z ", "2026-01-01T00:00:01.000Z: ", "Jan  1 00:00:0: ",
        "2026-01-01T00:00:1 ", "[2026-01-01 00:00:01.20] ",
    ];

    private static readonly string[] Hosts = ["", "web1 ", "cpu1 ", "esx.example ", "info ", "web1:  ", "In(166) ", "--> ", "192.0.2.7 ", "- "];

    private static readonly string[] Tags =
    [
        "sshd[12]: ", "CRON[12]: ", "kernel: ", "Hostd[12]: ", "hostd: ", "vpxd: ", "vmkernel: ", "su: ", "cpu3:123)", "info hostd[12] ",
        "info: ", "In(166) Hostd[12]: ", "[12 info 'x'] ", "VSANMGMTD: ", "sfcb-any[1]: ", "word ", "word : ", "--> ", "x[1:  ", ": ",
    ];

    private static readonly string[] Messages =
    [
        "", "opened", "[Originator@6876 sub=x] y", "info hostd[12] [Originator@6876 sub=x] y", "info vpxd 12 y", "cpu3:123)y", "--> y",
        "(root) CMD (x)", "error -[12] y", "error x", "[AB12 info 'x'] y", " hostd[1]: y", "[    5.123456] usb 1-1", "[12] x", "[AB12", "[12345.678901] x",
    ];

    /// <summary>Lines of every format's golden baselines.</summary>
    private static readonly byte[][] Lines = [.. GoldenInputs.Formats.SelectMany(GoldenInputs.Of).Select(File.ReadAllBytes)
        .Where(input => !FormatTable.Captures.Opens(input)).SelectMany(GoldenInputs.Lines)];

    /// <summary>Records of several lines.</summary>
    private static readonly byte[][] Texts = GoldenInputs.Samples("event-text");

    public static TheoryData<string> Glanced => [.. FormatTable.Lines.Where(row => row.Glance is not null).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Glanced))]
    public void Every_line_of_the_baselines_that_a_row_reads_is_shown_to_it(string name)
    {
        LineFormat row = FormatTable.Lines.Single(row => row.Name == name);

        byte[][] read = [.. Lines.Concat(Texts).Where(line => Reads(row, line))];

        Assert.NotEmpty(read);
        Assert.All(read, line => Assert.True(IsShown(row, line), $"{name} is not shown: {System.Text.Encoding.UTF8.GetString(line)}"));
    }

    [Theory]
    [MemberData(nameof(Glanced))]
    public void A_row_is_not_shown_every_line(string name) =>
        Assert.Contains(Lines, line => !IsShown(FormatTable.Lines.Single(row => row.Name == name), line));

    [Property(MaxTest = 2000)]
    public void Every_changed_line_that_a_row_reads_is_shown_to_it(uint seed)
    {
        byte[] sample = seed % 16 == 0 ? Texts[seed / 16 % Texts.Length] : Lines[seed % Lines.Length];
        byte[] line = [.. Mutation.Of(sample, seed).AsSpan().TrimEnd(" \t\r\n"u8)];
        IsShownToWhatReads(line);
    }

    [Property(MaxTest = 1000)]
    public void Every_line_of_signs_that_a_row_reads_is_shown_to_it(uint seed)
    {
        byte[] line = OfSigns(seed);
        IsShownToWhatReads(line);
    }

    [Property(MaxTest = 1000)]
    public void Signs_are_those_that_stand_in_the_line(uint seed)
    {
        byte[] line = OfSigns(seed);
        LineSigns found = LineGlance.SignsIn(line);
        if (line.Length is < 33 or > 1024)
        {
            Assert.Equal(LineSigns.All, found);
            return;
        }

        ReadOnlySpan<byte> text = line;
        LineSigns expected = (text[..^1].Contains((byte)'\n') ? LineSigns.LineFeed : 0) | (text[..^1].Contains((byte)',') ? LineSigns.Comma : 0)
            | (text.IndexOf("t("u8) >= 0 ? LineSigns.Stamp : 0) | (text.IndexOf("qu"u8) >= 0 ? LineSigns.Squid : 0)
            | (text.IndexOf(" ["u8) >= 0 ? LineSigns.Bracket : 0) | (text.IndexOf("F:"u8) >= 0 ? LineSigns.Cef : 0)
            | (text.IndexOf("<E"u8) >= 0 ? LineSigns.Event : 0);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void No_line_that_is_told_for_another_systems_has_a_header_of_VMware()
    {
        byte[][] lines =
        [
            .. Lines,
            .. from time in Times from host in Hosts from tag in Tags from message in Messages
               select System.Text.Encoding.UTF8.GetBytes(time + host + tag + message),
        ];

        byte[][] others = [.. lines.Where(line => EsxiGlance.IsOthers(line))];

        Assert.Contains(others, line => line.AsSpan().IndexOf("sshd[12]: opened"u8) > 0);
        Assert.All(others, line => Assert.False(EsxiHeaderReader.TryRead(line, out _), System.Text.Encoding.UTF8.GetString(line)));
    }

    [Property(MaxTest = 2000)]
    public void No_changed_line_that_is_told_for_another_systems_has_a_header_of_VMware(uint seed)
    {
        byte[] line = Mutation.Of(Lines[seed % Lines.Length], seed);

        Assert.False(EsxiGlance.IsOthers(line) && EsxiHeaderReader.TryRead(line, out _));
    }

    private static void IsShownToWhatReads(byte[] line)
    {
        foreach (LineFormat row in line.Length == 0 ? [] : FormatTable.Lines)
        {
            Assert.True(!Reads(row, line) || IsShown(row, line), row.Name);
        }
    }

    private static bool Reads(LineFormat row, byte[] line)
    {
        RecordContext context = new(new NetworkReading(), new(), FormatTable.Index);
        return row.Headers.Any(header => header.First == line[0] && header.Takes(line, context)) || row.TryNormalize(line, context, out _);
    }

    private static bool IsShown(LineFormat row, byte[] line) =>
        (LineChoice.For(line) >> Array.IndexOf(FormatTable.Lines, row) & 1) != 0;

    private static byte[] OfSigns(uint seed)
    {
        Random random = new((int)(seed & int.MaxValue));
        string text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ =>
            random.Next(3) == 0 ? Signs[random.Next(Signs.Length)] : new string('x', random.Next(0, 40))));
        return System.Text.Encoding.UTF8.GetBytes("x" + text);
    }
}

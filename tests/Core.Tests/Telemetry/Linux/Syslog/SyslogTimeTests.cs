using System.Globalization;
using System.Text;
using CipherWatch.Core.Telemetry.Linux.Syslog;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Linux.Syslog;

public class SyslogTimeTests
{
    private const string Odd = "0123456789: .x";

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "jan", "Mon", "okt"];

    /// <summary>The usual form is read at once, all others part by part: a further blank makes the usual one another.</summary>
    [Property(MaxTest = 2000)]
    public void A_time_is_the_same_whichever_way_it_is_read(uint seed)
    {
        (string month, string clock) = Written(seed);

        bool isRead = SyslogTime.TryRead(Encoding.UTF8.GetBytes($"{month} {clock}"), out SyslogTime time, out int length);

        Assert.Equal(SyslogTime.TryRead(Encoding.UTF8.GetBytes($"{month}  {clock}"), out SyslogTime same, out int longer), isRead);
        if (isRead)
        {
            Assert.Equal(same, time);
            Assert.Equal(longer - 1, length);
        }
    }

    /// <summary>So that a line with it need not be asked whether its head is broken.</summary>
    [Property(MaxTest = 2000)]
    public void A_line_with_the_usual_time_has_a_whole_head(uint seed)
    {
        (string month, string clock) = Written(seed);
        byte[] line = Encoding.UTF8.GetBytes((seed % 2 == 0 ? "<13>" : string.Empty) + $"{month} {clock}");
        bool isUsual = UsualSyslogTime.IsAt(line.AsSpan(SyslogHeader.Priority(line)));

        Assert.False(isUsual && (SyslogHeader.IsBrokenAt(line) || !SyslogHeader.MayBeAt(line) || !SyslogHeader.TryRead(line, out _)));
    }

    [Fact]
    public void The_usual_time_is_one_of_a_month_a_day_and_a_clock() => Assert.True(UsualSyslogTime.IsAt("Jan  1 00:00:01 web1 su: x"u8));

    [Theory]
    [InlineData("Jan  1 00:00:00 x", 1, 0)]
    [InlineData("Feb 29 23:59:59 x", 60, 86399)]
    [InlineData("Mar 01 00:00:60 x", 61, 60)]
    [InlineData("Dec 31 12:00:00 x", 366, 43200)]
    public void A_time_without_a_year_is_its_day_and_clock(string text, int day, int second)
    {
        Assert.True(SyslogTime.TryRead(Encoding.UTF8.GetBytes(text), out SyslogTime time, out int length));
        Assert.Equal((15, day, second), (length, time.Written.DayOfYear, (int)time.Written.TimeOfDay.TotalSeconds));
    }

    [Theory]
    [InlineData("Feb 30 00:00:00 x")]
    [InlineData("Jan  0 00:00:00 x")]
    [InlineData("Jan  1 24:00:00 x")]
    [InlineData("Jan  1 00:60:00 x")]
    [InlineData("Jan  1 00:00:61 x")]
    public void What_is_no_time_is_not_read(string text) => Assert.False(SyslogTime.TryRead(Encoding.UTF8.GetBytes(text), out _, out _));

    private static (string Month, string Clock) Written(uint seed)
    {
        Random random = new((int)(seed & int.MaxValue));
        char[] clock = string.Create(
            CultureInfo.InvariantCulture, $"{random.Next(0, 33),2} {random.Next(0, 26):D2}:{random.Next(0, 62):D2}:{random.Next(0, 63):D2} web1 su: x").ToCharArray();
        if (random.Next(4) == 0)
        {
            clock[random.Next(12)] = Odd[random.Next(Odd.Length)];
        }

        return (Months[random.Next(Months.Length)], new(clock));
    }
}

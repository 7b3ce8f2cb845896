using System.Buffers.Binary;
using System.Globalization;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>Times as event logs hold them, in UTC.</summary>
internal static class FileTimes
{
    /// <summary>Bytes of a SYSTEMTIME: year, month, day of the week, day, hour, minute, second, millisecond.</summary>
    public const int SystemTimeBytes = 16;

    private const int MaxBytes = 40;

    private static readonly DateTime Epoch = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A FILETIME, 100 ns since 1601; null where it is no time of this calendar.</summary>
    public static DateTimeOffset? Of(long fileTime) =>
        fileTime > 0 && fileTime <= DateTime.MaxValue.Ticks - Epoch.Ticks ? new(DateTime.FromFileTimeUtc(fileTime)) : null;

    /// <summary>Writes a FILETIME; nothing where it is no time.</summary>
    public static bool Write(long fileTime, BinXmlText text)
    {
        if (Of(fileTime) is { } time)
        {
            Write(time.UtcDateTime, text);
        }

        return true;
    }

    /// <summary>Writes a SYSTEMTIME; nothing where it is no time.</summary>
    public static bool Write(ReadOnlySpan<byte> systemTime, BinXmlText text)
    {
        int year = Part(systemTime, 0);
        int month = Part(systemTime, 1);
        int day = Part(systemTime, 3);
        bool isTime = year is > 0 and < 10_000 && month is > 0 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month)
            && Part(systemTime, 4) < 24 && Part(systemTime, 5) < 60 && Part(systemTime, 6) < 60 && Part(systemTime, 7) < 1000;
        if (isTime)
        {
            Write(
                new DateTime(
                    year, month, day, Part(systemTime, 4), Part(systemTime, 5), Part(systemTime, 6), Part(systemTime, 7), DateTimeKind.Utc),
                text);
        }

        return true;
    }

    private static int Part(ReadOnlySpan<byte> systemTime, int part) =>
        BinaryPrimitives.ReadUInt16LittleEndian(systemTime[(part * sizeof(ushort))..]);

    private static void Write(DateTime time, BinXmlText text)
    {
        if (time.TryFormat(text.Room(MaxBytes), out int written, "O", CultureInfo.InvariantCulture))
        {
            text.Advance(written);
        }
    }
}

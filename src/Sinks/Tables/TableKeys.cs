using System.Globalization;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Sinks.Tables;

/// <summary>Where a detection lies in a table: the same place whatever its evidence, its revision or the time it is written.</summary>
/// <remarks>
/// Invariant: the keys follow from what the detection id covers, which is one host and one UTC day, and from the id. The hour in
/// the partition key is the first of that day, not of the earliest connection, because late evidence can move that one and the
/// row would then be there twice. Hosts spread over 256 partitions a day, as one takes 2,000 operations a second.
/// </remarks>
public static class TableKeys
{
    private const int HashShift = 120;

    /// <summary><c>yyyyMMddHH-xx</c>: start of the window that the id covers, and a byte of the host's hash.</summary>
    public static string Partition(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ContentHash hash = new(stackalloc byte[128]);
        hash.Add(detection.Host);
        byte bucket = (byte)(hash.Finish() >> HashShift);
        return string.Create(CultureInfo.InvariantCulture, $"{detection.WindowStart.UtcDateTime.Date:yyyyMMddHH}-{bucket:x2}");
    }

    /// <summary>The detection id's 32 hex digits.</summary>
    public static string Row(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        return detection.DetectionId.ToString();
    }
}

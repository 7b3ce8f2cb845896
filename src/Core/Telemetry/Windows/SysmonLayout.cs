using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>
/// The order of a Sysmon event's data, for renderings that write values without their names. Source: Sysmon's event manifest,
/// schema 3.2 to 4.90. Later versions put fields in, which the number of values tells.
/// </summary>
internal static class SysmonLayout
{
    /// <summary>More values than any of these events has.</summary>
    public const int MaxInserts = 32;

    private const SysmonField Unread = (SysmonField)(-1);

    private static readonly SysmonField[] Process =
        [SysmonField.UtcTime, SysmonField.ProcessGuid, SysmonField.ProcessId, SysmonField.Image];

    private static readonly SysmonField[] Creation =
    [
        SysmonField.CommandLine, Unread, SysmonField.User, Unread, Unread, Unread, Unread, SysmonField.Hashes, Unread, Unread,
        SysmonField.ParentImage,
    ];

    private static readonly SysmonField[] Connection =
    [
        SysmonField.User, SysmonField.Protocol, SysmonField.Initiated, Unread, SysmonField.SourceIp, Unread, SysmonField.SourcePort, Unread,
        Unread, SysmonField.DestinationIp, SysmonField.DestinationHostname, SysmonField.DestinationPort,
    ];

    private static readonly SysmonField[] Signature =
        [SysmonField.Hashes, SysmonField.Signed, SysmonField.Signature, SysmonField.SignatureStatus];

    private static readonly SysmonField[] Thread =
    [
        SysmonField.UtcTime, SysmonField.SourceProcessGuid, SysmonField.SourceProcessId, SysmonField.SourceImage,
        SysmonField.TargetProcessGuid, SysmonField.TargetProcessId, SysmonField.TargetImage,
    ];

    private static readonly SysmonField[] Query =
    [
        SysmonField.UtcTime, SysmonField.ProcessGuid, SysmonField.ProcessId, SysmonField.QueryName, Unread, SysmonField.QueryResults,
        SysmonField.Image,
    ];

    /// <summary>Puts values into the slots of their fields.</summary>
    public static void Place(int eventId, ReadOnlySpan<byte> text, ReadOnlySpan<FieldSpan> values, Span<FieldSpan> fields)
    {
        // Schema 4 put RuleName before the time.
        if (!values.IsEmpty && !(values[0].IsText && Timestamps.TryParse(values[0].Of(text), out _)))
        {
            values = values[1..];
        }

        int count = values.Length;
        switch (eventId)
        {
            case 1:
                // FileVersion, Description, Product and Company came in with schema 4.1, OriginalFileName with 4.22.
                Put(values, 0, Process, fields);
                Put(values, 4 + Described(count, withAll: 21), Creation, fields);
                break;
            case 3:
                Put(values, 0, Process, fields);
                Put(values, 4, Connection, fields);
                break;
            case 5:
                Put(values, 0, Process, fields);
                Put(values, 4, [SysmonField.User], fields);
                break;
            case 7:
                Put(values, 0, Process, fields);
                Put(values, 4, [SysmonField.ImageLoaded], fields);
                Put(values, 5 + Described(count, withAll: 14), Signature, fields);
                break;
            case 8:
                Put(values, 0, Thread, fields);
                break;
            default:
                Put(values, 0, Query, fields);
                break;
        }
    }

    /// <summary>How many fields describe the file: five, in older versions four, in the oldest none.</summary>
    private static int Described(int count, int withAll) => count >= withAll ? 5 : count == withAll - 1 ? 4 : 0;

    private static void Put(ReadOnlySpan<FieldSpan> values, int from, ReadOnlySpan<SysmonField> order, Span<FieldSpan> fields)
    {
        for (int index = 0; index < order.Length && from + index < values.Length; index++)
        {
            if (order[index] != Unread)
            {
                fields[(int)order[index]] = values[from + index];
            }
        }
    }
}

using System.Buffers;
using System.Text;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>The values that are taken from an event: data by <see cref="SysmonField"/>, then these of the System section.</summary>
internal static class EventSlot
{
    /// <summary>No value that is taken.</summary>
    public const short None = -1;

    /// <summary>The System section's values follow the data's.</summary>
    public static readonly short Channel = (short)SysmonEvent.FieldCount;

    public static readonly short Provider = (short)(Channel + 1);

    public static readonly short EventId = (short)(Channel + 2);

    public static readonly short Computer = (short)(Channel + 3);

    public static readonly short Created = (short)(Channel + 4);

    /// <summary>How many there are.</summary>
    public static readonly int Count = Channel + 5;

    /// <summary>Longest name of a data field that is looked up, UTF-16 units.</summary>
    private const int MaxNameLength = 64;

    /// <summary>Whether a value decides if the event is read.</summary>
    public static bool Decides(short slot) => slot >= Channel && slot <= EventId;

    /// <summary>The slot of an element's text.</summary>
    public static short OfElement(EventPlace parent, ReadOnlySpan<char> name) => parent != EventPlace.System ? None : name switch
    {
        "Channel" => Channel,
        "EventID" => EventId,
        "Computer" => Computer,
        _ => None,
    };

    /// <summary>The slot of an attribute's value.</summary>
    public static short OfAttribute(EventPlace parent, ReadOnlySpan<char> element, ReadOnlySpan<char> name) =>
        parent != EventPlace.System ? None
        : element is "Provider" && name is "Name" ? Provider
        : element is "TimeCreated" && name is "SystemTime" ? Created
        : None;

    /// <summary>The slot of the data that has a name.</summary>
    public static short OfData(ReadOnlySpan<char> name)
    {
        Span<byte> ascii = stackalloc byte[MaxNameLength];
        return name.Length <= MaxNameLength && Ascii.FromUtf16(name, ascii, out int length) == OperationStatus.Done
            ? (short)SysmonData.Names.Find(ascii[..length])
            : None;
    }
}

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>Where in an event something stands.</summary>
internal enum EventPlace : byte
{
    /// <summary>Outside of every element.</summary>
    Outside,

    /// <summary>In the <c>Event</c> element.</summary>
    Event,

    /// <summary>In the System section.</summary>
    System,

    /// <summary>In the event's data.</summary>
    Data,

    /// <summary>Elsewhere: what publishers render, and data of their own making.</summary>
    Elsewhere,
}

/// <summary>Follows an event's elements inward.</summary>
internal static class EventPlaces
{
    /// <summary>Where the content of an element stands.</summary>
    public static EventPlace Inside(this EventPlace parent, ReadOnlySpan<char> name) =>
        parent == EventPlace.Outside && name is "Event" ? EventPlace.Event
        : parent > EventPlace.Event ? EventPlace.Elsewhere
        : name is "System" ? EventPlace.System
        : name is "EventData" ? EventPlace.Data
        : EventPlace.Elsewhere;
}

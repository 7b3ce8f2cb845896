namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>An element that is open while binary XML is read.</summary>
/// <param name="Place">Where its content stands.</param>
/// <param name="Slot">The value that its text is, an <see cref="EventSlot"/>.</param>
internal readonly record struct OpenElement(EventPlace Place, short Slot);

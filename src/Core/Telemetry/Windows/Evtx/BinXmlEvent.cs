using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>Takes the values that are read out of one event's binary XML: first those that decide whether it is, then the rest.</summary>
/// <remarks>One serves for all events of a log, in memory of its own: an event that is not read allocates nothing.</remarks>
internal sealed class BinXmlEvent
{
    /// <summary>Fragments may stand in one another this deep. Events have a template in a template.</summary>
    private const int MaxDepth = 8;

    /// <summary>Steps that all events of a chunk may take. A chunk of short events takes some thousands.</summary>
    private const int MaxStepsOfChunk = 1 << 20;

    /// <summary>Bytes of text that cost as much as a step.</summary>
    private const int BytesOfStep = 64;

    private const string Damaged = "Damaged event: its binary XML cannot be read.";
    private const string Lost = "The template that this event was written by is not in its chunk: it was overwritten or lost.";
    private const string Excessive = "Damaged event: its binary XML says more than any event holds.";

    private readonly TemplateCache _templates = new();
    private readonly BinXmlText _text = new();
    private readonly FieldSpan[] _slots = new FieldSpan[EventSlot.Count];
    private BinXmlFragment _fragment;
    private int _steps;

    private enum Part
    {
        Deciding,
        Rest,
        All,
    }

    /// <summary>Why the event cannot be read, for a person; null when it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>The bytes that the values are spans of.</summary>
    public ReadOnlySpan<byte> Text => _text.Written;

    /// <summary>The data, by <see cref="SysmonField"/>.</summary>
    public ReadOnlySpan<FieldSpan> Data => _slots.AsSpan(0, SysmonEvent.FieldCount);

    /// <summary>A value, by <see cref="EventSlot"/>.</summary>
    public FieldSpan this[short slot] => _slots[slot];

    /// <summary>Another chunk begins, with templates of its own.</summary>
    public void BeginChunk()
    {
        _templates.Clear();
        _steps = MaxStepsOfChunk;
    }

    /// <summary>Reads channel, provider and event id; false when the event is damaged.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="start">Offset of the event within it.</param>
    /// <param name="end">Offset behind it.</param>
    public bool TryBegin(ReadOnlySpan<byte> chunk, int start, int end)
    {
        Fault = null;
        _text.Clear();
        Array.Clear(_slots);
        if (BinXmlFragment.Open(new(chunk, start, end), EventPlace.Outside, _templates, out bool isLost) is not { } fragment)
        {
            return Fail(isLost ? Lost : Damaged);
        }

        _fragment = fragment;
        bool isRead = Apply(chunk, fragment, Part.Deciding, 0);
        return isRead && (this[EventSlot.Channel].HasValue || this[EventSlot.Provider].HasValue || Apply(chunk, fragment, Part.All, 0));
    }

    /// <summary>Reads the rest; false when the event is damaged.</summary>
    public bool TryComplete(ReadOnlySpan<byte> chunk) => Apply(chunk, _fragment, Part.Rest, 0);

    private bool Fail(string fault)
    {
        Fault = fault;
        return false;
    }

    private bool Apply(ReadOnlySpan<byte> chunk, in BinXmlFragment fragment, Part part, int depth)
    {
        _steps -= fragment.Values;
        FragmentValues values = new(chunk, fragment);
        short open = EventSlot.None;
        int start = 0;
        for (int place = fragment.Steps.First; place < fragment.Steps.First + fragment.Steps.Count; place++)
        {
            TemplateBinding step = _templates[place];
            if (--_steps < 0)
            {
                return Fail(Excessive);
            }

            if (step.Kind == BindingKind.Begin)
            {
                open = Wants(part, step.Slot) ? step.Slot : EventSlot.None;
                start = _text.Length;
                if (open != EventSlot.None)
                {
                    _slots[open] = default;
                }
            }
            else if (step.Kind == BindingKind.Nested)
            {
                if (part != Part.Deciding && !Nested(chunk, values.Find(step.At, ref _steps), step.Place, part, depth))
                {
                    return false;
                }
            }
            else if (step.Slot == open)
            {
                int before = _text.Length;
                if (!Append(chunk, step, ref values))
                {
                    return Fail(_text.IsFull ? Excessive : Damaged);
                }

                _steps -= (_text.Length - before) / BytesOfStep;
                _slots[open] = new(start, _text.Length - start, _text.Length > start ? FieldForm.Plain : FieldForm.Absent);
            }
        }

        return true;
    }

    /// <summary>Of the System section's values the first counts, of data of one name the last, as in the XML.</summary>
    private bool Wants(Part part, short slot) =>
        (part == Part.All || EventSlot.Decides(slot) == (part == Part.Deciding)) && (slot < EventSlot.Channel || !_slots[slot].HasValue);

    private bool Append(ReadOnlySpan<byte> chunk, in TemplateBinding step, ref FragmentValues values)
    {
        switch (step.Kind)
        {
            case BindingKind.Text:
                _text.Append(Characters.Of(chunk.Slice(step.At, step.Length)));
                break;
            case BindingKind.Character:
                _text.Append(step.At);
                break;
            default:
                FragmentValue value = values.Find(step.At, ref _steps);
                if (value.Type != BinXmlType.BinXml && !BinXmlValue.Write(value.Type, chunk.Slice(value.At, value.Length), _text))
                {
                    return false;
                }

                break;
        }

        return !_text.IsFull;
    }

    private bool Nested(ReadOnlySpan<byte> chunk, FragmentValue value, EventPlace place, Part part, int depth)
    {
        if (value.Type != BinXmlType.BinXml || value.Length == 0)
        {
            return true;
        }

        if (depth >= MaxDepth)
        {
            return Fail(Excessive);
        }

        BinXmlCursor cursor = new(chunk, value.At, value.At + value.Length);
        return BinXmlFragment.Open(cursor, place, _templates, out bool isLost) is { } fragment
            ? Apply(chunk, fragment, part, depth + 1)
            : Fail(isLost ? Lost : Damaged);
    }
}

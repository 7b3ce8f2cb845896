namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>Reads the binary XML of a template, or of an event without one: keeps the steps that lead to values that are taken.</summary>
/// <param name="cursor">Stands at the first token.</param>
/// <param name="isTemplate">Whether it is a template's definition: elements of those say first which value they depend on.</param>
/// <param name="steps">Takes the steps.</param>
/// <param name="open">Room for the elements that are open at once; deeper is broken.</param>
internal ref struct TemplateCompiler(BinXmlCursor cursor, bool isTemplate, List<TemplateBinding> steps, Span<OpenElement> open)
{
    /// <summary>Elements that may be open at once. Events nest four deep.</summary>
    public const int MaxDepth = 32;

    private const int DependencyBytes = sizeof(ushort);

    private readonly bool _isTemplate = isTemplate;
    private readonly List<TemplateBinding> _steps = steps;
    private readonly Span<OpenElement> _open = open;
    private BinXmlCursor _cursor = cursor;
    private int _depth;

    /// <summary>Reads to the end; false when it is no binary XML.</summary>
    public bool Compile(EventPlace place)
    {
        _open[0] = new(place, EventSlot.None);
        while (!_cursor.IsBroken)
        {
            byte token = _cursor.ReadToken();
            switch (token & ~BinXmlToken.More)
            {
                case BinXmlToken.End:
                    return _depth == 0;
                case BinXmlToken.FragmentHeader:
                    _cursor.Skip(3);
                    break;
                case BinXmlToken.OpenElement:
                    Element(hasAttributes: (token & BinXmlToken.More) != 0);
                    break;
                case BinXmlToken.CloseStartTag:
                    break;
                case BinXmlToken.CloseEmptyElement or BinXmlToken.EndElement:
                    Close();
                    break;
                case BinXmlToken.InstructionTarget:
                    _cursor.ReadName();
                    break;
                case BinXmlToken.InstructionData:
                    _cursor.ReadText();
                    break;
                default:
                    Content(token, _open[_depth]);
                    break;
            }
        }

        return false;
    }

    private void Close()
    {
        if (_depth-- == 0)
        {
            _cursor.Break();
        }
    }

    private void Element(bool hasAttributes)
    {
        if (_depth + 1 >= _open.Length)
        {
            _cursor.Break();
            return;
        }

        // Writers differ in whether an element that is in no template's definition names a dependency: the name tells.
        bool hasDependency = HasNameBehind(_isTemplate ? DependencyBytes : 0) ? _isTemplate : !_isTemplate;
        _cursor.Skip((hasDependency ? DependencyBytes : 0) + sizeof(uint));
        ReadOnlySpan<char> name = _cursor.ReadName();
        EventPlace parent = _open[_depth].Place;
        short slot = EventSlot.OfElement(parent, name);
        if (hasAttributes)
        {
            slot = Attributes(parent, name, slot);
        }

        if (slot != EventSlot.None)
        {
            Add(new(BindingKind.Begin, EventPlace.Elsewhere, slot, 0));
        }

        _open[++_depth] = new(parent.Inside(name), slot);
    }

    private readonly bool HasNameBehind(int dependencyBytes)
    {
        BinXmlCursor ahead = _cursor;
        ahead.Skip(dependencyBytes + sizeof(uint));
        ahead.ReadName();
        return !ahead.IsBroken;
    }

    /// <summary>Reads an element's attributes; returns the slot of its text, which for data its name says.</summary>
    private short Attributes(EventPlace parent, ReadOnlySpan<char> element, short slot)
    {
        bool isData = parent == EventPlace.Data && element is "Data";
        _cursor.Skip(sizeof(uint));
        while (_cursor.Peek() == BinXmlToken.Attribute)
        {
            _cursor.ReadToken();
            ReadOnlySpan<char> name = _cursor.ReadName();
            bool isDataName = isData && name is "Name";
            short valueSlot = EventSlot.OfAttribute(parent, element, name);
            if (valueSlot != EventSlot.None)
            {
                Add(new(BindingKind.Begin, EventPlace.Elsewhere, valueSlot, 0));
            }

            while (IsContent(_cursor.Peek()))
            {
                (int Start, int Length) text = Content(_cursor.ReadToken(), new(EventPlace.Elsewhere, valueSlot));
                slot = isDataName ? EventSlot.OfData(Characters.Of(_cursor.Chunk.Slice(text.Start, text.Length))) : slot;
            }
        }

        return slot;
    }

    private static bool IsContent(byte token) => token is BinXmlToken.Value or BinXmlToken.Cdata or BinXmlToken.CharacterReference
        or BinXmlToken.EntityReference or BinXmlToken.NormalSubstitution or BinXmlToken.OptionalSubstitution;

    /// <summary>Reads one piece of an element's or attribute's content; returns where its text stands, where it is text.</summary>
    private (int Start, int Length) Content(byte token, OpenElement within)
    {
        switch (token & ~BinXmlToken.More)
        {
            case BinXmlToken.Value when _cursor.ReadToken() == (byte)BinXmlType.String:
            case BinXmlToken.Cdata:
                (int Start, int Length) text = _cursor.ReadText();
                Add(new(BindingKind.Text, within.Place, within.Slot, text.Start, text.Length));
                return text;
            case BinXmlToken.CharacterReference:
                Add(new(BindingKind.Character, within.Place, within.Slot, _cursor.ReadUInt16()));
                break;
            case BinXmlToken.EntityReference:
                Add(new(BindingKind.Character, within.Place, within.Slot, Entity(_cursor.ReadName())));
                break;
            case BinXmlToken.NormalSubstitution or BinXmlToken.OptionalSubstitution:
                int number = _cursor.ReadUInt16();
                _cursor.ReadToken();
                Add(new(within.Slot == EventSlot.None ? BindingKind.Nested : BindingKind.Substitution, within.Place, within.Slot, number));
                break;
            default:
                _cursor.Break();
                break;
        }

        return default;
    }

    private readonly void Add(TemplateBinding step)
    {
        bool leads = step.Kind == BindingKind.Nested ? step.Place != EventPlace.Elsewhere : step.Slot != EventSlot.None;
        if (leads && !_cursor.IsBroken)
        {
            _steps.Add(step);
        }
    }

    private static int Entity(ReadOnlySpan<char> name) => name switch
    {
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "amp" => '&',
        _ => '\uFFFD',
    };
}

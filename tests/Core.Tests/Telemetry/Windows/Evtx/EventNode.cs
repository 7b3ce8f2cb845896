namespace CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

/// <summary>A piece of an event's XML, to be written in binary.</summary>
internal abstract record EventNode
{
    /// <summary>All of it as text, the same for equal pieces: templates are told apart by it.</summary>
    public virtual string Describe() => ToString()!;

    public static implicit operator EventNode(string text) => new TextNode(text);
}

/// <summary>An element, with attributes whose values are pieces too.</summary>
internal sealed record Element(string Name, (string Name, EventNode[] Value)[] Attributes, params EventNode[] Content) : EventNode
{
    public Element(string name, params EventNode[] content)
        : this(name, [], content)
    {
    }

    public override string Describe() =>
        $"<{Name} {string.Join(' ', Attributes.Select(attribute => attribute.Name + Describe(attribute.Value)))}>{Describe(Content)}</>";

    private static string Describe(EventNode[] nodes) => string.Concat(nodes.Select(node => node.Describe()));

    public static Element Data(string name, params EventNode[] content) => new("Data", [("Name", [name])], content);
}

internal sealed record TextNode(string Text) : EventNode;

internal sealed record CdataNode(string Text) : EventNode;

internal sealed record CharacterNode(char Character) : EventNode;

internal sealed record EntityNode(string Name) : EventNode;

internal sealed record InstructionNode(string Target, string Data) : EventNode;

/// <summary>A place for a value of the record; an optional one makes no element when there is none.</summary>
internal sealed record Substitution(int Number, byte Type, bool IsOptional = false) : EventNode;

/// <summary>A value that a record gives to its template: bytes of a type, or a fragment of its own.</summary>
internal sealed record EventValue(byte Type, byte[] Bytes, EventFragment? Fragment = null)
{
    public const byte BinXml = 0x21;

    public static EventValue None { get; } = new(0, []);

    public static EventValue Of(string text) => new(1, [.. System.Text.Encoding.Unicode.GetBytes(text), 0, 0]);

    public static EventValue Of(Guid guid) => new(0x0f, guid.ToByteArray());

    public static EventValue Of(ushort number) => new(0x06, BitConverter.GetBytes(number));

    public static EventValue Of(uint number) => new(0x08, BitConverter.GetBytes(number));

    public static EventValue Of(bool value) => new(0x0d, BitConverter.GetBytes(value ? 1 : 0));

    public static EventValue Time(DateTime time) => new(0x11, BitConverter.GetBytes(time.ToFileTimeUtc()));

    public static EventValue Of(EventFragment fragment) => new(BinXml, [], fragment);
}

/// <summary>An element, or what stands for one, with values for its substitutions; without any it is written as it is, without a template.</summary>
internal sealed record EventFragment(EventNode Root, params EventValue[] Values);

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>The tokens of binary XML (MS-EVEN6, 2.2.12), without the flag that says more of the kind follow.</summary>
internal static class BinXmlToken
{
    /// <summary>The flag: of an element, that it has attributes.</summary>
    public const byte More = 0x40;

    public const byte End = 0x00;
    public const byte OpenElement = 0x01;
    public const byte CloseStartTag = 0x02;
    public const byte CloseEmptyElement = 0x03;
    public const byte EndElement = 0x04;
    public const byte Value = 0x05;
    public const byte Attribute = 0x06;
    public const byte Cdata = 0x07;
    public const byte CharacterReference = 0x08;
    public const byte EntityReference = 0x09;
    public const byte InstructionTarget = 0x0a;
    public const byte InstructionData = 0x0b;
    public const byte TemplateInstance = 0x0c;
    public const byte NormalSubstitution = 0x0d;
    public const byte OptionalSubstitution = 0x0e;
    public const byte FragmentHeader = 0x0f;
}

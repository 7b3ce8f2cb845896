namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>The types of values in binary XML (MS-EVEN6, 2.2.12). With <see cref="Array"/> set, several of one type.</summary>
internal enum BinXmlType : byte
{
    Null = 0x00,
    String = 0x01,
    AnsiString = 0x02,
    Int8 = 0x03,
    UInt8 = 0x04,
    Int16 = 0x05,
    UInt16 = 0x06,
    Int32 = 0x07,
    UInt32 = 0x08,
    Int64 = 0x09,
    UInt64 = 0x0a,
    Real32 = 0x0b,
    Real64 = 0x0c,
    Boolean = 0x0d,
    Binary = 0x0e,
    Guid = 0x0f,
    Size = 0x10,
    FileTime = 0x11,
    SystemTime = 0x12,
    Sid = 0x13,
    HexInt32 = 0x14,
    HexInt64 = 0x15,
    Handle = 0x20,
    BinXml = 0x21,
    Xml = 0x23,
    Array = 0x80,
}

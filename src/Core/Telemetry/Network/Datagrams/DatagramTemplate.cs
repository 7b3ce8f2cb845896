using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>One field of a template.</summary>
/// <param name="Element">Its number in the IANA registry of IPFIX information elements, or in the enterprise's own.</param>
/// <param name="Length">Bytes; <see cref="DatagramTemplate.Variable"/> where each record says.</param>
/// <param name="Enterprise">The enterprise's number; 0 for the registry's own elements.</param>
internal readonly record struct TemplateField(ushort Element, ushort Length, uint Enterprise);

/// <summary>How the records of a data set are laid out.</summary>
/// <param name="Id">The id of the data sets that it describes.</param>
/// <param name="IsOptions">They tell of the exporter, and of no flow.</param>
/// <param name="Fields">The fields, in order.</param>
internal sealed record DatagramTemplate(ushort Id, bool IsOptions, IReadOnlyList<TemplateField> Fields)
{
    /// <summary>The length that stands for one that each record says. Some exporters of version 9 have it too.</summary>
    public const ushort Variable = ushort.MaxValue;

    private const ushort EnterpriseBit = 0x8000;
    private const int FieldBytes = 8;

    /// <summary>Bytes that a record has at least.</summary>
    public int MinBytes { get; } = Fields.Sum(static described => described.Length == Variable ? 1 : described.Length);

    /// <summary>Whether every record is as long as the next.</summary>
    public bool IsFixed { get; } = Fields.All(static described => described.Length != Variable);

    /// <summary>The fields as bytes, eight each, little-endian: element, length, enterprise.</summary>
    public byte[] Pack()
    {
        byte[] bytes = new byte[Fields.Count * FieldBytes];
        for (int index = 0; index < Fields.Count; index++)
        {
            Span<byte> field = bytes.AsSpan(index * FieldBytes);
            BinaryPrimitives.WriteUInt16LittleEndian(field, Fields[index].Element);
            BinaryPrimitives.WriteUInt16LittleEndian(field[2..], Fields[index].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(field[4..], Fields[index].Enterprise);
        }

        return bytes;
    }

    /// <summary>A template whose fields <see cref="Pack"/> wrote.</summary>
    public static DatagramTemplate Unpack(ushort id, bool isOptions, ReadOnlySpan<byte> bytes)
    {
        TemplateField[] fields = new TemplateField[bytes.Length / FieldBytes];
        for (int index = 0; index < fields.Length; index++)
        {
            ReadOnlySpan<byte> field = bytes.Slice(index * FieldBytes, FieldBytes);
            fields[index] = new(
                BinaryPrimitives.ReadUInt16LittleEndian(field), BinaryPrimitives.ReadUInt16LittleEndian(field[2..]),
                BinaryPrimitives.ReadUInt32LittleEndian(field[4..]));
        }

        return new(id, isOptions, fields);
    }

    /// <summary>Whether two describe the same records.</summary>
    public bool Equals(DatagramTemplate? other) =>
        other is not null && Id == other.Id && IsOptions == other.IsOptions && Fields.SequenceEqual(other.Fields);

    /// <summary>A hash of the id and the number of fields.</summary>
    public override int GetHashCode() => HashCode.Combine(Id, Fields.Count);

    /// <summary>Reads the templates of a template set's content; false when it is broken.</summary>
    /// <param name="content">The set without its header.</param>
    /// <param name="ipfix">Whether it is IPFIX's, whose fields may be an enterprise's and whose options say their number of fields.</param>
    /// <param name="options">Whether it is a set of options templates.</param>
    /// <param name="found">Takes each; one without fields withdraws the template of its id.</param>
    public static bool TryReadAll(ReadOnlySpan<byte> content, bool ipfix, bool options, Action<DatagramTemplate> found)
    {
        int header = options ? 6 : 4;
        while (content.Length >= 4 && U16(content) >= FlowDatagram.FirstData)
        {
            ushort id = U16(content);
            int count = U16(content[2..]);
            bool withdraws = ipfix && count == 0;
            header = withdraws ? 4 : options ? 6 : 4;
            if (content.Length < header)
            {
                return false;
            }

            // Version 9 counts the bytes of an options template's two parts, four a field; IPFIX counts its fields.
            count = options && !ipfix ? (count + U16(content[4..])) / 4 : count;
            content = content[header..];
            if (!TryReadFields(ref content, count, ipfix, out TemplateField[] fields))
            {
                return false;
            }

            DatagramTemplate template = new(id, options, fields);
            if (fields.Length > 0 && template.MinBytes == 0)
            {
                return false;
            }

            found(template);
        }

        // What is left is padding.
        return content.TrimStart((byte)0).IsEmpty;
    }

    private static bool TryReadFields(ref ReadOnlySpan<byte> content, int count, bool ipfix, out TemplateField[] fields)
    {
        fields = [];
        if (count * 4 > content.Length)
        {
            return false;
        }

        fields = new TemplateField[count];
        for (int index = 0; index < count; index++)
        {
            bool enterprise = ipfix && content.Length >= 2 && (U16(content) & EnterpriseBit) != 0;
            int bytes = enterprise ? 8 : 4;
            if (content.Length < bytes)
            {
                return false;
            }

            ushort element = enterprise ? (ushort)(U16(content) & ~EnterpriseBit) : U16(content);
            ushort length = U16(content[2..]);
            fields[index] = new(element, length, enterprise ? BinaryPrimitives.ReadUInt32BigEndian(content[4..]) : 0);
            content = content[bytes..];
        }

        return true;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
}

using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>How the records of a data set are laid out.</summary>
/// <param name="Id">Id of the data sets it describes.</param>
/// <param name="IsOptions">Its records are about the exporter and not of flows.</param>
/// <param name="Fields">The fields, in order.</param>
internal sealed record Template(int Id, bool IsOptions, TemplateField[] Fields)
{
    private const int EnterpriseBit = 0x8000;

    /// <summary>Bytes of the shortest record; what is shorter at the end of a set is padding.</summary>
    public int LeastBytes { get; } = Math.Max(1, Fields.Sum(field => field.Length == TemplateField.Variable ? 1 : field.Length));

    /// <summary>Reads the templates of a set into a store; false where the set is broken.</summary>
    /// <param name="content">The set without its header.</param>
    /// <param name="isOptions">Whether they are of options.</param>
    /// <param name="header">The datagram's header.</param>
    /// <param name="store">Where they go; a template without fields withdraws the one of its id.</param>
    public static bool TryReadAll(ReadOnlySpan<byte> content, bool isOptions, in DatagramHeader header, TemplateStore store)
    {
        // v9 pads sets to words; a template's id is never below 256, so zeros are padding.
        while (content.Length >= 4 && UInt16(content) >= DatagramFrame.FirstDataSet)
        {
            int id = UInt16(content);
            int fields;
            int start;
            if (isOptions && header.Version == DatagramFrame.V9)
            {
                if (content.Length < 6)
                {
                    return false;
                }

                // v9 gives the bytes that the scopes and the options take in the template, four a field.
                fields = (UInt16(content[2..]) + UInt16(content[4..])) / 4;
                start = 6;
            }
            else
            {
                fields = UInt16(content[2..]);
                start = isOptions && fields > 0 ? 6 : 4;
            }

            if (fields * 4 > content.Length - start
                || !TryRead(content, start, id, isOptions, new TemplateField[fields], header.Version, out Template? template, out int used))
            {
                return false;
            }

            store.Put(header, template!);
            content = content[used..];
        }

        return true;
    }

    private static bool TryRead(
        ReadOnlySpan<byte> content, int start, int id, bool isOptions, TemplateField[] fields, int version, out Template? template, out int used)
    {
        template = null;
        used = start;
        for (int field = 0; field < fields.Length; field++)
        {
            if (content.Length - used < 4)
            {
                return false;
            }

            int element = UInt16(content[used..]);
            int length = UInt16(content[(used + 2)..]);
            used += 4;
            uint enterprise = 0;
            if (version == DatagramFrame.Ipfix && (element & EnterpriseBit) != 0)
            {
                if (content.Length - used < 4)
                {
                    return false;
                }

                enterprise = BinaryPrimitives.ReadUInt32BigEndian(content[used..]);
                element &= ~EnterpriseBit;
                used += 4;
            }

            fields[field] = new(FlowElements.Of(enterprise, element), length);
        }

        template = new(id, isOptions, fields);
        return true;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CipherWatch.Core.Telemetry.Windows.Evtx;

namespace CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

/// <summary>Writes binary XML into a chunk, as Windows does: a name or a template's definition stands where it is used first.</summary>
internal sealed class BinXmlWriter(byte[] chunk, int start)
{
    private const int NameTableAt = 128;
    private const int NameTableLength = 64;
    private const int TemplateTableAt = 384;
    private const int TemplateTableLength = 32;

    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<string, int> _templates = [];

    /// <summary>Offset within the chunk at which is written next.</summary>
    public int At { get; private set; } = start;

    public void Fragment(EventFragment fragment)
    {
        if (fragment.Values.Length == 0)
        {
            Bytes(0x0f, 1, 1, 0);
            Write(fragment.Root, isTemplate: false);
            Bytes(0);
            return;
        }

        Bytes(0x0f, 1, 1, 0, 0x0c, 1);
        string key = fragment.Root.Describe();
        byte[] guid = SHA256.HashData(Encoding.UTF8.GetBytes(key))[..16];
        Bytes(guid[..4]);
        bool isNew = !_templates.TryGetValue(key, out int definition);
        U32(isNew ? At + 4 : definition);
        if (isNew)
        {
            _templates.Add(key, At);
            int slot = TemplateTableAt + (4 * (int)(BinaryPrimitives.ReadUInt32LittleEndian(guid) % TemplateTableLength));
            int here = At;
            U32(At0(slot));
            Patch(slot, here);
            Bytes(guid);
            int length = Hole(4);
            Bytes(0x0f, 1, 1, 0);
            Write(fragment.Root, isTemplate: true);
            Bytes(0);
            Patch(length, At - length - 4);
        }

        Values(fragment.Values);
    }

    private void Values(EventValue[] values)
    {
        U32(values.Length);
        int descriptors = Hole(4 * values.Length);
        for (int index = 0; index < values.Length; index++)
        {
            int first = At;
            if (values[index].Fragment is { } nested)
            {
                Fragment(nested);
            }

            Bytes(values[index].Bytes);
            BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(descriptors + (4 * index)), (ushort)(At - first));
            chunk[descriptors + (4 * index) + 2] = values[index].Type;
        }
    }

    private void Write(EventNode node, bool isTemplate)
    {
        switch (node)
        {
            case Element element:
                WriteElement(element, isTemplate);
                break;
            case TextNode text:
                Bytes(0x05, 1);
                Text(text.Text);
                break;
            case CdataNode cdata:
                Bytes(0x07);
                Text(cdata.Text);
                break;
            case CharacterNode character:
                Bytes([0x08, .. BitConverter.GetBytes(character.Character)]);
                break;
            case EntityNode entity:
                Bytes(0x09);
                Name(entity.Name);
                break;
            case InstructionNode instruction:
                Bytes(0x0a);
                Name(instruction.Target);
                Bytes(0x0b);
                Text(instruction.Data);
                break;
            case Substitution substitution:
                Bytes(substitution.IsOptional ? (byte)0x0e : (byte)0x0d);
                Bytes([.. BitConverter.GetBytes((ushort)substitution.Number), substitution.Type]);
                break;
        }
    }

    private void WriteElement(Element element, bool isTemplate)
    {
        Bytes(element.Attributes.Length > 0 ? (byte)0x41 : (byte)0x01);
        Bytes(isTemplate ? [0xff, 0xff] : []);
        int length = Hole(4);
        Name(element.Name);
        if (element.Attributes.Length > 0)
        {
            int attributes = Hole(4);
            for (int index = 0; index < element.Attributes.Length; index++)
            {
                Bytes(index < element.Attributes.Length - 1 ? (byte)0x46 : (byte)0x06);
                Name(element.Attributes[index].Name);
                Array.ForEach(element.Attributes[index].Value, node => Write(node, isTemplate));
            }

            Patch(attributes, At - attributes - 4);
        }

        Bytes(element.Content.Length > 0 ? (byte)0x02 : (byte)0x03);
        Array.ForEach(element.Content, node => Write(node, isTemplate));
        Bytes(element.Content.Length > 0 ? [0x04] : []);
        Patch(length, At - length - 4);
    }

    private void Name(string name)
    {
        if (_names.TryGetValue(name, out int known))
        {
            U32(known);
            return;
        }

        U32(At + 4);
        _names.Add(name, At);
        ushort hash = BinXmlName.Hash(name);
        int slot = NameTableAt + (4 * (hash % NameTableLength));
        int here = At;
        U32(At0(slot));
        Patch(slot, here);
        Bytes([.. BitConverter.GetBytes(hash)]);
        Text(name);
        Bytes(0, 0);
    }

    private void Text(string text) => Bytes([.. BitConverter.GetBytes((ushort)text.Length), .. Encoding.Unicode.GetBytes(text)]);

    public void U32(int value) => Bytes(BitConverter.GetBytes(value));

    public void Bytes(params byte[] bytes)
    {
        bytes.CopyTo(chunk, At);
        At += bytes.Length;
    }

    private int At0(int at) => BinaryPrimitives.ReadInt32LittleEndian(chunk.AsSpan(at));

    public void Patch(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(at), value);

    public int Hole(int bytes)
    {
        At += bytes;
        return At - bytes;
    }
}

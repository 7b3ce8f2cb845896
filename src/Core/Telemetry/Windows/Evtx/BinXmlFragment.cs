using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>A piece of binary XML that is ready to be applied: its steps, and the values that its template takes.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Values">How many values there are.</param>
/// <param name="DescriptorsAt">Offset of the values' lengths and types within the chunk.</param>
/// <param name="ValuesAt">Offset of the first value.</param>
internal readonly record struct BinXmlFragment(TemplateSteps Steps, int Values, int DescriptorsAt, int ValuesAt)
{
    /// <summary>Bytes that a value's length and type take: two, one, and one that says nothing.</summary>
    public const int DescriptorBytes = 4;

    private const int FragmentHeaderBytes = 4;

    /// <summary>Reads what opens here; null when it is no binary XML, or its template is not there.</summary>
    /// <param name="cursor">Stands at its first token, and ends where it ends.</param>
    /// <param name="place">Where in the event it stands.</param>
    /// <param name="templates">The chunk's templates.</param>
    /// <param name="isLost">Whether it is its template that is not there.</param>
    public static BinXmlFragment? Open(BinXmlCursor cursor, EventPlace place, TemplateCache templates, out bool isLost)
    {
        isLost = false;
        if (cursor.Peek() == BinXmlToken.FragmentHeader)
        {
            cursor.Skip(FragmentHeaderBytes);
        }

        if (cursor.Peek() != BinXmlToken.TemplateInstance)
        {
            return templates.Direct(cursor, place) is { } direct ? new(direct, 0, 0, 0) : null;
        }

        cursor.Skip(2);
        uint id = cursor.ReadUInt32();
        uint definition = cursor.ReadUInt32();
        if (cursor.IsBroken || templates.Find(cursor.Chunk, definition, id, place) is not { } steps)
        {
            isLost = true;
            return null;
        }

        // The first record to use a template holds its definition.
        if (definition == cursor.At)
        {
            cursor.Skip(steps.End - cursor.At);
        }

        uint count = cursor.ReadUInt32();
        int descriptors = cursor.Skip((long)count * DescriptorBytes);
        if (cursor.IsBroken)
        {
            return null;
        }

        long bytes = 0;
        for (int index = 0; index < (int)count; index++)
        {
            bytes += BinaryPrimitives.ReadUInt16LittleEndian(cursor.Chunk[(descriptors + (index * DescriptorBytes))..]);
        }

        int values = cursor.Skip(bytes);
        return cursor.IsBroken ? null : new(steps, (int)count, descriptors, values);
    }
}

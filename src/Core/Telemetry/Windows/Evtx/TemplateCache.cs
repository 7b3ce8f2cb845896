using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>The steps of one template, or of an event without one.</summary>
/// <param name="First">Place of the first step among those of the chunk.</param>
/// <param name="Count">How many there are.</param>
/// <param name="End">Offset within the chunk behind the definition; 0 where it is no template.</param>
internal readonly record struct TemplateSteps(int First, int Count, int End);

/// <summary>The templates of one chunk: records refer to their definitions by offset within it, and each is read once.</summary>
internal sealed class TemplateCache
{
    private const int IdAt = sizeof(uint);
    private const int LengthAt = 20;
    private const int ContentAt = 24;

    /// <summary>
    /// Bytes of binary XML that are read in a chunk. Each template is read once, so that a real chunk has less than its own length;
    /// definitions that overlap are made, not written by Windows.
    /// </summary>
    private const int MaxBytesOfChunk = 4 * EventLogLayout.ChunkBytes;

    // Broken ones are kept too, so that each is tried once.
    private readonly Dictionary<(uint At, EventPlace Place), TemplateSteps?> _templates = [];
    private readonly List<TemplateBinding> _steps = [];
    private int _bytesLeft;

    /// <summary>A step.</summary>
    public TemplateBinding this[int place] => _steps[place];

    /// <summary>Forgets them: another chunk begins.</summary>
    public void Clear()
    {
        _templates.Clear();
        _steps.Clear();
        _bytesLeft = MaxBytesOfChunk;
    }

    /// <summary>The template at an offset; null when none stands there, or another than the record was written by.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="at">Offset of the definition within it.</param>
    /// <param name="id">The first four bytes of the template's GUID, which records repeat.</param>
    /// <param name="place">Where in the event it is used.</param>
    public TemplateSteps? Find(ReadOnlySpan<byte> chunk, uint at, uint id, EventPlace place)
    {
        if (at > chunk.Length - ContentAt || BinaryPrimitives.ReadUInt32LittleEndian(chunk[((int)at + IdAt)..]) != id)
        {
            return null;
        }

        if (!_templates.TryGetValue((at, place), out TemplateSteps? steps))
        {
            int start = (int)at + ContentAt;
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[((int)at + LengthAt)..]);
            steps = length > chunk.Length - start ? null : Compile(new(chunk, start, start + (int)length), isTemplate: true, place);
            _templates.Add((at, place), steps);
        }

        return steps;
    }

    /// <summary>The steps of binary XML that stands in a record itself; null when it is none.</summary>
    public TemplateSteps? Direct(BinXmlCursor cursor, EventPlace place) => Compile(cursor, isTemplate: false, place);

    private TemplateSteps? Compile(BinXmlCursor cursor, bool isTemplate, EventPlace place)
    {
        _bytesLeft -= cursor.End - cursor.At;
        if (_bytesLeft < 0)
        {
            return null;
        }

        int first = _steps.Count;
        Span<OpenElement> open = stackalloc OpenElement[TemplateCompiler.MaxDepth];
        TemplateCompiler compiler = new(cursor, isTemplate, _steps, open);
        return compiler.Compile(place) ? new(first, _steps.Count - first, isTemplate ? cursor.End : 0) : null;
    }
}

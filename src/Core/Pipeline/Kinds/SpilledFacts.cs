using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Pipeline.Kinds;

/// <summary>
/// Facts above a run's bound, in a temporary file, cut by a hash of their keys: each cut is merged on its own at the end.
/// </summary>
internal sealed class SpilledFacts<TKey, TFacts>(FactKind<TKey, TFacts> kind) : IDisposable
    where TKey : notnull
    where TFacts : class, IMergeable<TFacts>
{
    /// <summary>Cuts: a run that spills as often as this holds no more at its end than while it read.</summary>
    public const int Cuts = 64;

    private const int FlushBytes = 1 << 20;
    private readonly FileStream _file = SpillFile.Create();
    private readonly List<(long Offset, int Length)>[] _blocks = [.. Enumerable.Range(0, Cuts).Select(_ => new List<(long, int)>())];

    /// <summary>The cut that a key belongs to: the same throughout a run, and that is all it has to be.</summary>
    public static int CutOf(TKey key) => (int)((uint)EqualityComparer<TKey>.Default.GetHashCode(key) * 2654435769u >> 26);

    /// <summary>Adds facts.</summary>
    public void Add(IReadOnlyDictionary<TKey, TFacts> facts)
    {
        List<TFacts>[] cuts = [.. Enumerable.Range(0, Cuts).Select(_ => new List<TFacts>())];
        foreach ((TKey key, TFacts value) in facts)
        {
            cuts[CutOf(key)].Add(value);
        }

        ArrayBufferWriter<byte> buffer = new(FlushBytes);
        using Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { SkipValidation = true });
        _file.Position = _file.Length;
        for (int cut = 0; cut < Cuts; cut++)
        {
            foreach (TFacts value in cuts[cut])
            {
                int start = buffer.WrittenCount;
                buffer.GetSpan(sizeof(int));
                buffer.Advance(sizeof(int));
                kind.Converter.Write(writer, value);
                writer.Flush();
                writer.Reset(buffer);
                BinaryPrimitives.WriteInt32LittleEndian(
                    System.Runtime.InteropServices.MemoryMarshal.AsMemory(
                        buffer.WrittenMemory).Span[start..], buffer.WrittenCount - start - sizeof(int));
                if (buffer.WrittenCount >= FlushBytes)
                {
                    Flush(cut, buffer);
                }
            }

            Flush(cut, buffer);
        }
    }

    /// <summary>Merges the facts of one cut.</summary>
    public void Read(int cut, Action<TFacts> add)
    {
        foreach ((long offset, int length) in _blocks[cut])
        {
            byte[] block = ArrayPool<byte>.Shared.Rent(length);
            _file.Position = offset;
            _file.ReadExactly(block, 0, length);
            for (int at = 0; at < length;)
            {
                int size = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at));
                Utf8JsonReader reader = new(block.AsSpan(at + sizeof(int), size));
                reader.Read();
                add(kind.Converter.Read(ref reader));
                at += sizeof(int) + size;
            }

            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Flush(int cut, ArrayBufferWriter<byte> buffer)
    {
        if (buffer.WrittenCount > 0)
        {
            _blocks[cut].Add((_file.Position, buffer.WrittenCount));
            _file.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }
}

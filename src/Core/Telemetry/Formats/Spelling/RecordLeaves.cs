using System.Buffers;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Formats.Spelling;

/// <summary>
/// The values of a record by their paths, whichever way it nests: <c>{"a":{"b":1}}</c>, <c>{"a.b":1}</c> and a mixture of both are
/// the value 1 at <c>a.b</c>. Written out again, it is one record whose objects stand where their names say.
/// </summary>
internal sealed class RecordLeaves
{
    /// <summary>How deep objects are gone into; real records nest under ten levels.</summary>
    private const int MaxDepth = 16;

    private readonly ArrayBufferWriter<byte> _paths = new();
    private Leaf[] _leaves = new Leaf[64];

    /// <summary>How many values there are.</summary>
    public int Count { get; private set; }

    /// <summary>Collects the values of an object that is whole.</summary>
    public void Collect(ReadOnlySpan<byte> text)
    {
        _paths.ResetWrittenCount();
        Count = 0;
        Walk(text, 0, 0, 0, 0);
    }

    /// <summary>The path of a value, in order of the record.</summary>
    public ReadOnlySpan<byte> Path(int leaf) => _paths.WrittenSpan.Slice(_leaves[leaf].Start, _leaves[leaf].Length);

    /// <summary>A value.</summary>
    public FieldSpan Value(int leaf) => _leaves[leaf].Value;

    /// <summary>Gives a value another path; an empty one leaves it out.</summary>
    public void Rename(int leaf, ReadOnlySpan<byte> path)
    {
        _leaves[leaf].Start = _paths.WrittenCount;
        _leaves[leaf].Length = path.Length;
        _paths.Write(path);
    }

    /// <summary>A value that another name of the same counts before.</summary>
    public void Yield(int leaf) => _leaves[leaf].Order += int.MaxValue / 2;

    /// <summary>Says that a number counts nanoseconds where its new name counts seconds.</summary>
    public void AreNanoseconds(int leaf, long number)
    {
        int start = _paths.WrittenCount;
        Span<byte> digits = _paths.GetSpan(20);
        System.Buffers.Text.Utf8Formatter.TryFormat(number, digits, out int length);
        _paths.Advance(length);
        _leaves[leaf].Value = new(start, length, FieldForm.Number);
        _leaves[leaf].IsAdded = true;
        _leaves[leaf].IsNanoseconds = true;
    }

    /// <summary>Adds a value that the record does not have.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="value">Its text, without quotes; kept until the record is written.</param>
    public void Add(ReadOnlySpan<byte> path, ReadOnlySpan<byte> value)
    {
        int start = _paths.WrittenCount;
        _paths.Write(value);
        int at = _paths.WrittenCount;
        _paths.Write(path);
        FieldSpan added = new(start, value.Length, FieldForm.Plain);
        Append(new() { Start = at, Length = path.Length, Value = added, IsAdded = true, Order = Count });
    }

    /// <summary>Writes the record, its objects gathered; of values with one path the first counts.</summary>
    public void Write(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> plain)
    {
        Span<Leaf> leaves = _leaves.AsSpan(0, Count);
        leaves.Sort(new ByPath(this));
        plain.Write("{"u8);
        ReadOnlySpan<byte> before = default;
        bool isFirst = true;
        foreach (ref readonly Leaf leaf in leaves)
        {
            ReadOnlySpan<byte> path = _paths.WrittenSpan.Slice(leaf.Start, leaf.Length);
            if (path.IsEmpty || (!isFirst && path.SequenceEqual(before)) || (!before.IsEmpty && Holds(before, path)))
            {
                // No name, the same again, or inside what is a value by itself.
                continue;
            }

            int shared = isFirst ? 0 : Shared(before, path);
            for (int open = Objects(before[Math.Min(shared, before.Length)..]); open > 0; open--)
            {
                plain.Write("}"u8);
            }

            plain.Write(isFirst ? default : ","u8);
            ReadOnlySpan<byte> rest = path[shared..];
            while (DotIn(rest) is >= 0 and var dot)
            {
                Name(plain, rest[..dot]);
                plain.Write("{"u8);
                rest = rest[(dot + 1)..];
            }

            Name(plain, rest);
            Put(plain, leaf, leaf.IsAdded ? _paths.WrittenSpan : text);
            before = path;
            isFirst = false;
        }

        for (int open = Objects(before); open >= 0; open--)
        {
            plain.Write("}"u8);
        }
    }

    private static void Name(ArrayBufferWriter<byte> plain, ReadOnlySpan<byte> name)
    {
        plain.Write("\""u8);
        plain.Write(name);
        plain.Write("\":"u8);
    }

    private static void Put(ArrayBufferWriter<byte> plain, in Leaf leaf, ReadOnlySpan<byte> text)
    {
        plain.Write(leaf.Value.IsText ? "\""u8 : default);
        plain.Write(leaf.Value.Of(text));
        plain.Write(leaf.IsNanoseconds ? "e-9"u8 : default);
        plain.Write(leaf.Value.IsText ? "\""u8 : default);
    }

    /// <summary>Zeek's own names of a connection's ends have a point in them: there it opens no object.</summary>
    private static bool IsEnd(ReadOnlySpan<byte> path) =>
        path is [(byte)'i', (byte)'d', (byte)'.', ..] && (path[3..].StartsWith("orig_"u8) || path[3..].StartsWith("resp_"u8));

    private static int DotIn(ReadOnlySpan<byte> path) => IsEnd(path) ? -1 : path.IndexOf((byte)'.');

    /// <summary>How many objects a path goes into.</summary>
    private static int Objects(ReadOnlySpan<byte> path)
    {
        int objects = 0;
        while (DotIn(path) is >= 0 and var dot)
        {
            path = path[(dot + 1)..];
            objects++;
        }

        return objects;
    }

    private static bool Holds(ReadOnlySpan<byte> value, ReadOnlySpan<byte> path) =>
        path.Length > value.Length && path[value.Length] == (byte)'.' && path.StartsWith(value) && !IsEnd(path);

    /// <summary>Bytes of the objects that two paths have in common, the last point included.</summary>
    private static int Shared(ReadOnlySpan<byte> before, ReadOnlySpan<byte> path)
    {
        int shared = path[..before.CommonPrefixLength(path)].LastIndexOf((byte)'.') + 1;
        bool isInName = shared >= 3 && IsEnd(path[(shared - 3)..]) && (shared == 3 || path[shared - 4] == (byte)'.');
        return isInName ? shared - 3 : shared;
    }

    private void Walk(ReadOnlySpan<byte> text, int start, int prefixStart, int prefixLength, int depth)
    {
        JsonScanner scanner = new(text, start);
        while (scanner.Next(out FieldSpan name, out FieldSpan value))
        {
            int at = _paths.WrittenCount;
            if (prefixLength > 0)
            {
                Span<byte> prefix = _paths.GetSpan(prefixLength + 1);
                _paths.WrittenSpan.Slice(prefixStart, prefixLength).CopyTo(prefix);
                prefix[prefixLength] = (byte)'.';
                _paths.Advance(prefixLength + 1);
            }

            _paths.Write(name.Of(text));
            int length = _paths.WrittenCount - at;
            if (value.Form == FieldForm.Object && depth < MaxDepth)
            {
                Walk(text, value.Start, at, length, depth + 1);
                continue;
            }

            // What says nothing must not stand before what says something under the same name.
            value = JsonScalars.Settle(text, value);
            if (value.Form != FieldForm.Null)
            {
                Append(new() { Start = at, Length = length, Value = value, Order = Count });
            }
        }
    }

    private void Append(Leaf leaf)
    {
        if (Count == _leaves.Length)
        {
            Array.Resize(ref _leaves, Count * 2);
        }

        _leaves[Count++] = leaf;
    }

    private struct Leaf
    {
        public int Start;
        public int Length;
        public int Order;
        public FieldSpan Value;
        public bool IsAdded;
        public bool IsNanoseconds;
    }

    /// <summary>Objects together: a point orders before any other byte of a name.</summary>
    private readonly struct ByPath(RecordLeaves leaves) : IComparer<Leaf>
    {
        public int Compare(Leaf x, Leaf y)
        {
            ReadOnlySpan<byte> paths = leaves._paths.WrittenSpan;
            ReadOnlySpan<byte> one = paths.Slice(x.Start, x.Length);
            ReadOnlySpan<byte> other = paths.Slice(y.Start, y.Length);
            int common = one.CommonPrefixLength(other);
            int left = common < one.Length ? one[common] == (byte)'.' ? 1 : one[common] + 2 : 0;
            int right = common < other.Length ? other[common] == (byte)'.' ? 1 : other[common] + 2 : 0;
            return left != right ? left - right : x.Order.CompareTo(y.Order);
        }
    }
}

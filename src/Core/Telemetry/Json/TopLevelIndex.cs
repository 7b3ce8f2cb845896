using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>
/// The top-level fields of every JSON format, so that one pass over a record both tells its format and finds its fields, and
/// the rules by which a pass ends early.
/// </summary>
internal sealed class TopLevelIndex
{
    /// <summary>Rows that can be told apart by the fields that a record has.</summary>
    private const int MaxRows = 64;

    private readonly JsonSkipTest?[] _tests;
    private readonly TopLevelNature[] _natures;

    /// <summary>The index of all that was declared; nothing can be declared after it.</summary>
    /// <param name="rules">The formats' rules.</param>
    /// <param name="declared">The fields of each row of the table of JSON formats, in its order.</param>
    public TopLevelIndex(IEnumerable<JsonSkipRule> rules, IReadOnlyList<TopLevelFields> declared)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(declared.Count, MaxRows);
        Names = TopLevelFields.Complete();
        _tests = new JsonSkipTest?[Names.Count];
        _natures = new TopLevelNature[Names.Count];
        Rows = new ulong[Names.Count];
        for (int row = 0; row < declared.Count; row++)
        {
            foreach (string name in declared[row].Names)
            {
                Rows[Find(name)] |= 1UL << row;
            }
        }

        Mark(declared.SelectMany(fields => fields.Tells), TopLevelNature.Tells);
        Mark(declared.SelectMany(fields => fields.Lists), TopLevelNature.List);
        Mark(declared.SelectMany(fields => fields.Messages), TopLevelNature.Message);
        foreach (JsonSkipRule rule in rules)
        {
            foreach (int field in rule.Deciding)
            {
                _tests[field] = _tests[field] is { } other ? Either(other, rule.IsSettled) : rule.IsSettled;
                _natures[field] |= TopLevelNature.Decides;
            }
        }
    }

    /// <summary>The names, each at its place.</summary>
    public FieldNames Names { get; }

    /// <summary>What is particular of each field.</summary>
    public TopLevelNature[] Natures => _natures;

    /// <summary>
    /// The rows that declare each field, one bit each. No format takes a record that has none of its fields, so that those of the
    /// fields it has are the only ones to ask.
    /// </summary>
    public ulong[] Rows { get; }

    /// <summary>What to ask once a field has been seen that decides.</summary>
    public JsonSkipTest? TestAt(int field) => _tests[field];

    private void Mark(IEnumerable<string> names, TopLevelNature nature)
    {
        foreach (string name in names)
        {
            _natures[Find(name)] |= nature;
        }
    }

    private int Find(string name) => Names.Find(System.Text.Encoding.UTF8.GetBytes(name));

    private static JsonSkipTest Either(JsonSkipTest one, JsonSkipTest other) => (text, fields) => one(text, fields) || other(text, fields);
}

/// <summary>What is particular of a top-level field.</summary>
[Flags]
internal enum TopLevelNature : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It tells that names were changed.</summary>
    Tells = 1,

    /// <summary>It is a list whatever it holds.</summary>
    List = 2,

    /// <summary>It is a message, of which no text means none.</summary>
    Message = 4,

    /// <summary>It may settle that its record is irrelevant.</summary>
    Decides = 8,
}

/// <summary>Whether the fields seen so far settle that a record is irrelevant.</summary>
/// <param name="text">The record's bytes.</param>
/// <param name="fields">The top-level fields that have been seen, by their places.</param>
internal delegate bool JsonSkipTest(ReadOnlySpan<byte> text, ReadOnlySpan<FieldSpan> fields);

/// <summary>When the rest of a record need not be looked at, because some of its fields settle that it is skipped.</summary>
/// <remarks>It only says when to stop. What becomes of the record is said by its format, from the same fields.</remarks>
/// <param name="IsSettled">Asked after each of the deciding fields.</param>
/// <param name="Deciding">Places of the fields that it looks at.</param>
internal sealed record JsonSkipRule(JsonSkipTest IsSettled, IReadOnlyList<int> Deciding);

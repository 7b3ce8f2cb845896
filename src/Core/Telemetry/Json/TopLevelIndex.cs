using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>
/// The top-level fields of every JSON format, so that one pass over a record both tells its format and finds its fields, and
/// the rules by which a pass ends early.
/// </summary>
internal sealed class TopLevelIndex
{
    private readonly JsonSkipTest?[] _tests;

    /// <summary>The index of all that was declared; nothing can be declared after it.</summary>
    /// <param name="rules">The formats' rules.</param>
    public TopLevelIndex(IEnumerable<JsonSkipRule> rules)
    {
        Names = TopLevelFields.Complete();
        _tests = new JsonSkipTest?[Names.Count];
        foreach (JsonSkipRule rule in rules)
        {
            foreach (int field in rule.Deciding)
            {
                _tests[field] = _tests[field] is { } other ? Either(other, rule.IsSettled) : rule.IsSettled;
            }
        }
    }

    /// <summary>The names, each at its place.</summary>
    public FieldNames Names { get; }

    /// <summary>What to ask once a field has been seen; null where it decides nothing.</summary>
    public JsonSkipTest? TestAt(int field) => _tests[field];

    private static JsonSkipTest Either(JsonSkipTest one, JsonSkipTest other) => (text, fields) => one(text, fields) || other(text, fields);
}

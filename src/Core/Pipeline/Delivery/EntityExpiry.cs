using System.Globalization;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>
/// Tells whether an entity is still as it was found: what removes idle ones sees their states from outside, and between its look and
/// its call facts may come.
/// </summary>
public static class EntityExpiry
{
    /// <summary>A mark of a state: equal states have equal marks, whichever version of the app wrote them.</summary>
    public static string Mark<TFacts>(EntityState<TFacts> state)
        where TFacts : class
    {
        ContentHash hash = new(stackalloc byte[512]);
        hash.Add(FactsJson.SerializeToUtf8(state));
        return hash.Finish().ToString("x32", CultureInfo.InvariantCulture);
    }

    /// <summary>The mark of a state as it is stored.</summary>
    /// <param name="kind">The entity's kind.</param>
    /// <param name="state">Its state as JSON.</param>
    /// <exception cref="System.Text.Json.JsonException">It is no state, or one of a newer schema.</exception>
    public static string MarkOf(FactKind kind, string state)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Mark(state);
    }
}

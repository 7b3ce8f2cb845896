using CipherWatch.Core.Pipeline.Kinds;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>Makes operations that tell entities nothing: they judge what they know again, by the settings that hold then.</summary>
public static class Reassessment
{
    /// <summary>An operation for an entity.</summary>
    /// <param name="kind">The entity's kind.</param>
    /// <param name="state">Its state as JSON.</param>
    /// <returns>The operation; null for a kind that is never judged, or a state that holds no facts.</returns>
    /// <exception cref="System.Text.Json.JsonException">It is no state, or one of a newer schema.</exception>
    public static EntityFacts? Of(FactKind kind, string state)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Reassess(state);
    }
}

using CipherWatch.Core.Pipeline.Kinds;

namespace CipherWatch.Functions.Entities;

/// <summary>The entity that keeps each kind of fact.</summary>
internal static class EntityNames
{
    /// <summary>The entity of a kind: the kind's name with its first letter large, as the classes here are called.</summary>
    public static string Of(FactKind kind) => string.Concat(kind.Name[..1].ToUpperInvariant(), kind.Name.AsSpan(1), "Entity");
}

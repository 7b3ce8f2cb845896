using System.Globalization;

namespace CipherWatch.Core.Identity;

/// <summary>The identity of a detection: analytic, entity, destination for network-only ones, and the UTC day it covers.</summary>
/// <remarks>Never evidence, settings or revision, so that later evidence revises a detection instead of adding one.</remarks>
public readonly record struct DetectionId(UInt128 Value) : IComparable<DetectionId>
{
    /// <summary>The id of what <paramref name="analyticId"/> says of an entity on one UTC day.</summary>
    /// <param name="analyticId">AN0400 … AN0404.</param>
    /// <param name="entityKey">The process key, or the source of a network-only channel.</param>
    /// <param name="destination">The destination of a network-only detection, null otherwise.</param>
    /// <param name="day">The UTC day of the connections it covers.</param>
    public static DetectionId Create(string analyticId, string entityKey, string? destination, DateOnly day)
    {
        ContentHash hash = new(stackalloc byte[256]);
        hash.Add(analyticId);
        hash.Add(entityKey);
        hash.Add(destination);
        hash.Add(day.DayNumber);
        return new(hash.Finish());
    }

    /// <summary>Reads an id back from its 32 hex digits; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DetectionId id)
    {
        bool valid = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 value)
            && text.Length == 32;
        id = valid ? new(value) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(DetectionId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Whether the left id orders before the right.</summary>
    public static bool operator <(DetectionId left, DetectionId right) => left.Value < right.Value;

    /// <summary>Whether the left id orders after the right.</summary>
    public static bool operator >(DetectionId left, DetectionId right) => left.Value > right.Value;

    /// <summary>Whether the left id does not order after the right.</summary>
    public static bool operator <=(DetectionId left, DetectionId right) => left.Value <= right.Value;

    /// <summary>Whether the left id does not order before the right.</summary>
    public static bool operator >=(DetectionId left, DetectionId right) => left.Value >= right.Value;
}

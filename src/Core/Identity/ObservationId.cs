using System.Globalization;

namespace CipherWatch.Core.Identity;

/// <summary>What an observation means, as a 128-bit content hash; shown as 32 hex digits.</summary>
public readonly record struct ObservationId(UInt128 Value) : IComparable<ObservationId>
{
    /// <summary>The 64 bits that sketches count by.</summary>
    public ulong Sketch => (ulong)Value;

    /// <inheritdoc/>
    public int CompareTo(ObservationId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads an id back from its 32 hex digits; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ObservationId id)
    {
        bool valid = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 value)
            && text.Length == 32;
        id = valid ? new(value) : default;
        return valid;
    }

    /// <summary>Whether the left id orders before the right.</summary>
    public static bool operator <(ObservationId left, ObservationId right) => left.Value < right.Value;

    /// <summary>Whether the left id orders after the right.</summary>
    public static bool operator >(ObservationId left, ObservationId right) => left.Value > right.Value;

    /// <summary>Whether the left id does not order after the right.</summary>
    public static bool operator <=(ObservationId left, ObservationId right) => left.Value <= right.Value;

    /// <summary>Whether the left id does not order before the right.</summary>
    public static bool operator >=(ObservationId left, ObservationId right) => left.Value >= right.Value;
}

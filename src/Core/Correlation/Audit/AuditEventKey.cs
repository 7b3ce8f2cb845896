using System.Globalization;

namespace CipherWatch.Core.Correlation.Audit;

/// <summary>An audit event: its host, its time and its serial, which restarts at boot.</summary>
/// <param name="Host">The host.</param>
/// <param name="Ms">When, Unix milliseconds, which is as fine as audit writes it.</param>
/// <param name="Serial">The serial.</param>
public readonly record struct AuditEventKey(string Host, long Ms, long Serial) : IComparable<AuditEventKey>
{
    private const char Separator = '|';

    /// <summary>Reads a key back from its text; false when it is none.</summary>
    public static bool TryParse(string? text, out AuditEventKey key)
    {
        string[] parts = text?.Split(Separator) ?? [];
        if (parts.Length == 3 && parts[0].Length > 0
            && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ms)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long serial))
        {
            key = new(parts[0], ms, serial);
            return true;
        }

        key = default;
        return false;
    }

    /// <inheritdoc/>
    public int CompareTo(AuditEventKey other)
    {
        int order = string.CompareOrdinal(Host, other.Host);
        order = order != 0 ? order : Ms.CompareTo(other.Ms);
        return order != 0 ? order : Serial.CompareTo(other.Serial);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}{Separator}{Ms}{Separator}{Serial}");

    /// <summary>Whether the left key orders before the right.</summary>
    public static bool operator <(AuditEventKey left, AuditEventKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key orders after the right.</summary>
    public static bool operator >(AuditEventKey left, AuditEventKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key does not order after the right.</summary>
    public static bool operator <=(AuditEventKey left, AuditEventKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key does not order before the right.</summary>
    public static bool operator >=(AuditEventKey left, AuditEventKey right) => left.CompareTo(right) >= 0;
}

using System.Runtime.CompilerServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>
/// The one reader of scalar values. Absent is null; a value that is what it should be, however it is written, is that; a value that
/// cannot be is a fault, which makes its record a dead letter: never a zero, and never left out silently.
/// </summary>
/// <remarks>A reader reads all of its fields, looks at <see cref="Fault"/>, and only then makes observations.</remarks>
/// <param name="text">The record.</param>
/// <param name="faults">Keeps what is wrong.</param>
internal readonly ref struct FieldValues(ReadOnlySpan<byte> text, FieldFaults faults)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>What is wrong with the first value that cannot be what its field says, with the field's name; null while none is.</summary>
    public string? Fault => faults.First;

    /// <summary>Forgets what is wrong, and says what it was: rows of one record are read each by itself.</summary>
    public string? TakeFault()
    {
        string? fault = faults.First;
        faults.First = null;
        return fault;
    }

    /// <summary>Says again what was wrong with one of the rows, unless something else is.</summary>
    public void Restore(string? fault) => faults.First ??= fault;

    /// <summary>A whole number from 0 to a maximum; null where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long? Count(FieldSpan field, long max = long.MaxValue) =>
        field.TryInteger(_text, out long number) && number >= 0 && number <= max ? number : NoCount(field, max);

    /// <summary>A port; null where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort? Port(FieldSpan field) =>
        field.TryInteger(_text, out long number) && number is >= 0 and <= ushort.MaxValue ? (ushort)number
        : (ushort?)None(field, "no port from 0 to 65535");

    /// <summary>A whole number of either sign; null where there is none.</summary>
    public long? Whole(FieldSpan field) =>
        field.TryInteger(_text, out long number) ? number : None(field, "no whole number");

    /// <summary>Text; null where there is none.</summary>
    public string? Text(FieldSpan field)
    {
        if (field.Form is FieldForm.Object or FieldForm.Array)
        {
            Wrong(field, "no single value");
            return null;
        }

        return field.Text(_text);
    }

    /// <summary>A number that need not be whole; null where there is none.</summary>
    public double? Real(FieldSpan field)
    {
        if (field.TryDouble(_text, out double number))
        {
            return number;
        }

        None(field, "no number");
        return null;
    }

    /// <summary>An address; null where there is none.</summary>
    public IpAddress? Address(FieldSpan field) => TryAddress(field, out IpAddress address) ? address : null;

    /// <summary>An address that a record cannot do without; false where there is none.</summary>
    /// <remarks>The same as <see cref="Address"/>, for records by the million: it moves the address once instead of three times.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAddress(FieldSpan field, out IpAddress address)
    {
        address = default;
        if (field.HasValue && IpAddress.TryParse(field.Of(_text), out address))
        {
            return true;
        }

        None(field, "no IP address");
        return false;
    }

    /// <summary>An IP protocol, by name or number; null where there is none.</summary>
    public byte? Protocol(FieldSpan field) =>
        field.Protocol(_text) ?? (byte?)None(field, "not recognised as an IP protocol");

    /// <summary>A time, in any of the ways that times are written; null where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DateTimeOffset? Time(FieldSpan field)
    {
        if (field.HasValue && LooseTime.TryParse(field.Of(_text), out DateTimeOffset time, out _))
        {
            return time;
        }

        None(field, "no time");
        return null;
    }

    /// <summary>A boolean; null where there is none.</summary>
    public bool? Boolean(FieldSpan field)
    {
        if (field.Boolean(_text) is { } value)
        {
            return value;
        }

        None(field, "neither true nor false");
        return null;
    }

    /// <summary>Says that a value cannot be what its field says; the first that is said stands.</summary>
    public long? Wrong(FieldSpan field, string what)
    {
        faults.First ??= FieldPlace.NameOf(_text, field) is { } name ? $"'{name}' is {what}." : $"A value is {what}.";
        return null;
    }

    /// <inheritdoc cref="Wrong(FieldSpan, string)"/>
    public long? Wrong(string name, string what)
    {
        faults.First ??= $"'{name}' is {what}.";
        return null;
    }

    /// <summary>Whether a field says anything.</summary>
    public bool IsThere(FieldSpan field) =>
        field.HasValue && field.Length > 0 && !(field.Length is 1 or 7 && FieldText.IsNone(field.Of(_text)))
        && !(field.Length == 4 && field.Of(_text).SequenceEqual("null"u8));

    /// <summary>Of a field that is not what it should be: nothing where it says nothing, else a fault.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long? None(FieldSpan field, string what) => IsThere(field) ? Wrong(field, what) : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long? NoCount(FieldSpan field, long max) =>
        !IsThere(field) ? null
        : Wrong(field, max == long.MaxValue ? "no whole number from 0 up" : string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"no whole number from 0 to {max}"));
}

/// <summary>The first fault of the record that is being read.</summary>
internal sealed class FieldFaults
{
    /// <summary>What is wrong; null while nothing is.</summary>
    public string? First { get; set; }
}

/// <summary>Finds the name that a value has in its record, for messages.</summary>
internal static class FieldPlace
{
    private static readonly System.Buffers.SearchValues<byte> Separators = System.Buffers.SearchValues.Create("\n\r \t,;|"u8);

    /// <summary>The name before a value of JSON, of XML or of a line of a description; null where it has none.</summary>
    public static string? NameOf(ReadOnlySpan<byte> text, FieldSpan field)
    {
        ReadOnlySpan<byte> before = text[..Math.Min(field.Start, text.Length)];
        before = before.TrimEnd("\" \t\r\n[{"u8);
        if (before is [.., (byte)':'])
        {
            before = before[..^1].TrimEnd(" \t\r\n"u8);
            if (before is [.., (byte)'"'])
            {
                before = before[..^1];
                return Text(before[(before.LastIndexOf((byte)'"') + 1)..]);
            }

            return Text(before[(before.LastIndexOfAny((byte)'\n', (byte)'\r') + 1)..]);
        }

        if (before is [.., (byte)'>'])
        {
            int open = before.LastIndexOf((byte)'<');
            ReadOnlySpan<byte> tag = open < 0 ? default : before[(open + 1)..^1];
            int name = tag.IndexOf("Name="u8);
            return name >= 0 && tag.Length > name + 7 ? Text(tag[(name + 6)..^1]) : Text(tag);
        }

        return before is [.., (byte)'=']
            ? Text(before[(before[..^1].LastIndexOfAny(Separators) + 1)..^1])
            : null;
    }

    private static string? Text(ReadOnlySpan<byte> name)
    {
        const int MaxNameBytes = 80;
        return name.IsEmpty || name.Length > MaxNameBytes ? null : System.Text.Encoding.UTF8.GetString(name);
    }
}

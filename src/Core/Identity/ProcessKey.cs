using System.Globalization;

namespace CipherWatch.Core.Identity;

/// <summary>The identity under which all facts of one process merge: its host and the recorder's GUID, or host, pid and start.</summary>
public readonly record struct ProcessKey : IComparable<ProcessKey>
{
    /// <summary>The host part of keys where the telemetry does not name the host: all such telemetry is taken to be of one.</summary>
    public const string UnnamedHost = "localhost";

    private ProcessKey(string value) => Value = value;

    /// <summary>The key as text: <c>host|guid</c>, or <c>host|pid</c> with <c>@start</c> where the start is known.</summary>
    public string Value { get; }

    /// <summary>The host part.</summary>
    public ReadOnlySpan<char> Host => Value.AsSpan(0, Value.IndexOf('|', StringComparison.Ordinal));

    /// <summary>A key from a host and a GUID (lower case, no braces).</summary>
    /// <exception cref="ArgumentException">Either part is empty, or the host holds the separator.</exception>
    public static ProcessKey FromGuid(string host, string guid)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentException.ThrowIfNullOrEmpty(guid);
        ThrowIfSeparator(host);
        return new($"{host}|{guid}");
    }

    /// <summary>A key from a host, a process number and, where known, the start of the process in Unix milliseconds.</summary>
    /// <exception cref="ArgumentException">The host is empty or holds the separator, or the pid is negative.</exception>
    public static ProcessKey FromPid(string host, int pid, long? startUnixMs)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfNegative(pid);
        ThrowIfSeparator(host);
        return new(startUnixMs is { } start
            ? string.Create(CultureInfo.InvariantCulture, $"{host}|{pid}@{start}")
            : string.Create(CultureInfo.InvariantCulture, $"{host}|{pid}"));
    }

    /// <summary>
    /// Whether it names a process by its number alone, which the operating system uses again: what is known under it may be of several.
    /// </summary>
    public bool IsNumberOnly => Value is not null
        && Value.AsSpan(Value.IndexOf('|', StringComparison.Ordinal) + 1) is { IsEmpty: false } rest
        && !rest.ContainsAnyExceptInRange('0', '9');

    /// <summary>The key of the process of this number that began at a time, Unix milliseconds.</summary>
    public ProcessKey At(long startUnixMs) => new(string.Create(CultureInfo.InvariantCulture, $"{Value}@{startUnixMs}"));

    /// <summary>Reads a key back from its text; false when it is none.</summary>
    public static bool TryParse(string? text, out ProcessKey key)
    {
        int separator = text?.IndexOf('|', StringComparison.Ordinal) ?? -1;
        bool valid = separator > 0 && separator < text!.Length - 1;
        key = valid ? new(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(ProcessKey other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Whether the left key orders before the right.</summary>
    public static bool operator <(ProcessKey left, ProcessKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key orders after the right.</summary>
    public static bool operator >(ProcessKey left, ProcessKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key does not order after the right.</summary>
    public static bool operator <=(ProcessKey left, ProcessKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key does not order before the right.</summary>
    public static bool operator >=(ProcessKey left, ProcessKey right) => left.CompareTo(right) >= 0;

    private static void ThrowIfSeparator(string host)
    {
        if (host.Contains('|', StringComparison.Ordinal))
        {
            throw new ArgumentException("A host name holds no '|'.", nameof(host));
        }
    }
}

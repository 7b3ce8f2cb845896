using System.Buffers;
using System.Globalization;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>Keys of entities as the storage behind them takes them.</summary>
public static class EntityKeyText
{
    /// <summary>Longest key that is used as it is, characters.</summary>
    private const int MaxLength = 160;

    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz.-_|@:");

    /// <summary>
    /// The key itself where it is plain and short, as nearly all are; else a hash of it. Names come out of telemetry, and a slash or
    /// a control character in a table's key is refused.
    /// </summary>
    public static string Of(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length <= MaxLength && !key.AsSpan().ContainsAnyExcept(Plain))
        {
            return key;
        }

        ContentHash hash = new(stackalloc byte[512]);
        hash.Add(key);
        return "hash|" + hash.Finish().ToString("x32", CultureInfo.InvariantCulture);
    }
}

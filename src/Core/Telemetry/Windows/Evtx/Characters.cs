using System.Runtime.InteropServices;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>UTF-16 text as event logs hold it: little-endian, at any address, often with zeros behind it.</summary>
internal static class Characters
{
    /// <summary>The bytes as UTF-16 units, an odd last byte left out.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, char>(bytes);
}

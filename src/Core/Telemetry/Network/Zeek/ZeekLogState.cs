using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>The header of the Zeek log being read; null outside one.</summary>
internal sealed class ZeekLogState : IInputState
{
    /// <summary>Columns, separator and path, as the lines above said.</summary>
    public ZeekHeader? Header { get; set; }

    /// <inheritdoc/>
    public void BeginInput() => Header = null;
}

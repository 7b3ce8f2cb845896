namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>The tables of Microsoft Defender for Endpoint that are read.</summary>
internal enum DefenderTable
{
    /// <summary>DeviceImageLoadEvents: a process mapped a library.</summary>
    ImageLoad,

    /// <summary>DeviceNetworkEvents: a process opened or accepted a connection.</summary>
    Network,

    /// <summary>DeviceProcessEvents: a process was created.</summary>
    Process,
}

namespace CipherWatch.Core.Identity;

/// <summary>The platform whose analytic an observation feeds.</summary>
public enum TelemetryPlatform
{
    /// <summary>Windows hosts (AN0400).</summary>
    Windows,

    /// <summary>Linux hosts (AN0401).</summary>
    Linux,

    /// <summary>macOS hosts (AN0402).</summary>
    MacOs,

    /// <summary>VMware ESXi hosts (AN0403).</summary>
    Esxi,

    /// <summary>Network sensors and flow exporters (AN0404).</summary>
    Network,
}

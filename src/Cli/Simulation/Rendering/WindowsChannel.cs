using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>The names that Windows gives the channels. Source: Windows event log metadata.</summary>
internal static class WindowsChannel
{
    /// <summary>The channel.</summary>
    public static string Name(HostEvent hostEvent) => hostEvent.IsSysmon ? "Microsoft-Windows-Sysmon/Operational" : "Security";

    /// <summary>The provider.</summary>
    public static string Provider(HostEvent hostEvent) =>
        hostEvent.IsSysmon ? "Microsoft-Windows-Sysmon" : "Microsoft-Windows-Security-Auditing";

    /// <summary>The provider's GUID.</summary>
    public static string ProviderGuid(HostEvent hostEvent) =>
        hostEvent.IsSysmon ? "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}" : "{54849625-5478-4994-A5BA-3E3B0328C30D}";
}

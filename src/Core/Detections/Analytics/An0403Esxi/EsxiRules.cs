using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0403Esxi;

/// <summary>
/// AN0403: a process of an ESXi host talks to an address outside its management. Which process, and where to, is all that the host's
/// own listings and logs show; what ciphers it uses they do not, and what it sends a sensor must see.
/// </summary>
internal sealed class EsxiRules : ProcessRules
{
    /// <summary>Share of the weight where the address is private: relays of an intruder are, and so is most of management.</summary>
    private const int InsidePercent = 40;

    private const int FullPercent = 100;

    /// <inheritdoc/>
    public override string TlsLibraries => "the TLS libraries of ESXi";

    /// <inheritdoc/>
    public override bool WouldShowTls(ProcessDay day) => day.Facts.Starts.First is not null;

    /// <summary>No pattern allows an ESXi process by its path: a world's name is all there is, and anyone may take one.</summary>
    public override bool IsUserWritable(string image) => true;

    /// <inheritdoc/>
    public override bool IsTlsLibrary(string name) => name.StartsWith("libssl", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool IsCipher(string name) => DefaultModules.IsCipher(name);

    /// <inheritdoc/>
    public override bool IsOwnPort(ushort port) => EsxiServicePorts.Contains(port);

    /// <inheritdoc/>
    public override bool IsExempt(DestinationDay destination, ProcessDay day) =>
        base.IsExempt(destination, day) || day.IsResolver(destination) || EsxiWorlds.IsMachine(day.Image)
        || IsAllowed(destination, day);

    /// <summary>
    /// Between hosts and their management some ports carry encryption of their own kind. On a profiled port the payload is still
    /// judged, so that a relay through vCenter is seen.
    /// </summary>
    public override bool IsExempt(FlowSummary flow, DetectionSettings settings) => EsxiServicePorts.Contains(flow.DestinationPort)
        && settings.AllowedMgmtHosts.Covers(flow.DestinationIp, flow.ServerName);

    /// <inheritdoc/>
    public override bool AddProgram(ProcessDay day)
    {
        if (day.Facts.Modules.IsEmpty)
        {
            day.Evidence.Add(
                EvidenceKind.CryptoInsufficient, "crypto: insufficient. ESXi's logs and listings do not show what ciphers a process uses");
        }

        if (EsxiWorlds.IsManagement(day.Image) || EsxiWorlds.IsService(day.Image))
        {
            return false;
        }

        day.Add(
            EvidenceKind.UnexpectedProgram, $"{FilePaths.Name(day.Image)} is no service of ESXi's that talks to others", day.Facts.Starts);
        return true;
    }

    /// <inheritdoc/>
    public override void AddChannel(ProcessDay day, IReadOnlyList<DestinationDay> suspects, bool odd)
    {
        bool management = EsxiWorlds.IsManagement(day.Image);
        DestinationDay? outside = suspects.FirstOrDefault(IsOutside);
        DestinationDay? inside = management || EsxiWorlds.IsService(day.Image) ? null : suspects.Count > 0 ? suspects[0] : null;
        if ((outside ?? inside) is not { } suspect)
        {
            return;
        }

        day.Evidence.Add(
            EvidenceKind.OutsideManagement,
            $"{suspect.Where} is {(outside is null ? "an" : "a public")} address that AllowedMgmtHosts does not list",
            suspect.Times[0], suspect.Observations, outside is null ? InsidePercent : FullPercent);
        if (outside is not null && management)
        {
            day.Add(EvidenceKind.ManagementDaemon, $"{FilePaths.Name(day.Image)} is of the host's management", day.Facts.Starts);
        }
    }

    /// <inheritdoc/>
    public override bool IsHostEvidence(ProcessDay day, bool cryptography, bool concentrated) =>
        cryptography || day.Evidence.Has(EvidenceKind.OutsideManagement);

    /// <inheritdoc/>
    public override string HostTitle(string name, string where, bool cryptography) => cryptography
        ? $"{name} uses symmetric cryptography and connects to {where}"
        : $"{name} connects to {where}, outside the host's management; what it sends was not seen";

    /// <summary>A public address, or whom a proxy calls; the proxy itself is the site's.</summary>
    private static bool IsOutside(DestinationDay destination) => destination.IsProxy
        ? destination.Reached.Any(name => name.Ip.IsUnspecified || !name.Ip.IsPrivate)
        : !destination.Ip.IsPrivate;

    /// <summary>A destination is allowed with the ports that are its own: anything else through it is a relay.</summary>
    private static bool IsAllowed(DestinationDay destination, ProcessDay day)
    {
        if (!destination.AllPorts((port, protocol) =>
                EsxiServicePorts.Contains(port) || day.Settings.Profile(port, protocol) is not null)
            || ProcessDay.Listed(destination, day.Settings.AllowedMgmtHosts) is not { } host)
        {
            return false;
        }

        day.Settings.Use?.Exempted(host, day.Facts.Key.Value);
        return true;
    }
}

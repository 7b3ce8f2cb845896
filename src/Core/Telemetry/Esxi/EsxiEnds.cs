using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>The ends of a connection as a daemon names them: its own first.</summary>
/// <param name="Local">The host's address, unspecified where it is not named.</param>
/// <param name="LocalPort">Its port, 0 where it is not named.</param>
/// <param name="Remote">The other end's address.</param>
/// <param name="RemotePort">Its port.</param>
/// <param name="Direction">Who opened it, seen from the host.</param>
/// <param name="Handshake">What the line says of the key exchange.</param>
/// <param name="Application">The protocol, where the line tells it.</param>
internal readonly record struct EsxiEnds(
    IpAddress Local,
    ushort LocalPort,
    IpAddress Remote,
    ushort RemotePort,
    FlowDirection Direction,
    Handshake Handshake,
    string? Application)
{
    /// <summary>Both ends are on the host.</summary>
    public bool IsLocal => Remote.IsLoopback || Local.IsLoopback || (Local == Remote && !Local.IsUnspecified);

    /// <summary>The flow, oriented so that src is the initiator.</summary>
    public FlowFields Flow(string? serverName)
    {
        bool inbound = Direction == FlowDirection.Inbound;
        return new()
        {
            SrcIp = inbound ? Remote : Local,
            SrcPort = inbound ? RemotePort : LocalPort,
            DstIp = inbound ? Local : Remote,
            DstPort = inbound ? LocalPort : RemotePort,
            Protocol = Protocols.Tcp,
            InitiatorKnown = Direction != FlowDirection.Unknown,
            Direction = Direction,
            Handshake = Handshake,
            Application = Application,
            ServerName = serverName,
            IsPartial = Local.IsUnspecified || Remote.IsUnspecified,
        };
    }
}

using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// An end of a connection as Network.framework writes it: an address, a name, or what redaction left of one
/// (<c>Hostname#1feeda98:443</c>, <c>IPv6#47c3fd32.443</c>, <c>&lt;private&gt;</c>, <c>&lt;mask.hash: '…'&gt;</c>).
/// </summary>
internal readonly ref struct MacEndpoint
{
    private MacEndpoint(IpAddress address, ushort port, ReadOnlySpan<byte> name)
    {
        Address = address;
        Port = port;
        Name = name;
    }

    /// <summary>The address; unspecified where it is not told.</summary>
    public IpAddress Address { get; }

    /// <summary>The port; 0 where it is not told. It stays in clear where the address is hashed.</summary>
    public ushort Port { get; }

    /// <summary>The name in clear; empty for an address and for what is redacted.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Reads an end as written.</summary>
    public static MacEndpoint Read(ReadOnlySpan<byte> text)
    {
        if (EndpointText.TryParseApple(text, out IpAddress address, out ushort port))
        {
            return new(address, port, default);
        }

        if (IpAddress.TryParse(text, out address))
        {
            return new(address, 0, default);
        }

        // Of a hashed IPv6 address the port follows a dot, of everything else a colon.
        int split = text.LastIndexOf(text.StartsWith("IPv6#"u8) ? (byte)'.' : (byte)':');
        bool hasPort = split > 0 && EndpointText.TryPort(text[(split + 1)..], out port);
        ReadOnlySpan<byte> name = hasPort ? text[..split] : text;
        bool hidden = name.IsEmpty || name.IndexOfAny("#<>("u8) >= 0 || name.IndexOf((byte)' ') >= 0;
        return new(default, hasPort ? port : (ushort)0, hidden ? default : name);
    }
}

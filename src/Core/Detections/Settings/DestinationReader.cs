using System.Buffers;
using System.Globalization;
using System.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>
/// Reads destinations as people write them: <c>192.0.2.1</c>, <c>192.0.2.0/24</c>, <c>*.example.com</c>, <c>192.0.2.*</c>, each with a
/// port or without, <c>192.0.2.1:443</c>, <c>[2001:db8::1]:443</c>, and with the transport that a detection is shown with,
/// <c>192.0.2.1:443/tcp</c>. What could never match is a mistake.
/// </summary>
internal static class DestinationReader
{
    private const string Expected = "a host name, an address or a CIDR, with a port or without, such as \"192.0.2.1:443\"";

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789.:*?");

    /// <summary>An exempt destination, which has no port: the setting says which ports it is exempt on.</summary>
    public static DestinationPattern? Pattern(SettingsValue value)
    {
        if (Scope(value) is not { } scope)
        {
            return null;
        }

        return scope.Port is not null || scope.Protocol is not null
            ? value.Fail<DestinationPattern>("a host name, an address or a CIDR without a port")
            : scope.Where.Name is { } name && IsOfAddresses(name.Pattern)
                ? value.Fail<DestinationPattern>("a host name, an address or a CIDR; networks are written as a CIDR")
            : scope.Where;
    }

    /// <summary>A proxy, which has its port: what else the host serves is no proxy. One for every host there is would be none.</summary>
    public static DestinationScope? Proxy(SettingsValue value) => Scope(value) is not { } scope ? null
        : scope is { Port: not null, Protocol: null or Protocols.Tcp, IsEveryHost: false } ? scope
        : value.Fail<DestinationScope>("the name, address or CIDR of a proxy with its port, such as \"10.0.0.8:3128\"");

    /// <summary>A destination of a suppression.</summary>
    public static DestinationScope? Scope(SettingsValue value)
    {
        if (value.Text() is not { Length: > 0 } text)
        {
            return value.Fail<DestinationScope>(Expected);
        }

        if (Plain(text, value) is { } whole)
        {
            return new(whole, null, null);
        }

        byte? protocol = null;
        int slash = text.LastIndexOf('/');
        if (slash >= 0 && text.AsSpan(slash + 1).ContainsAnyInRange('a', 'z'))
        {
            protocol = Protocols.Number(Encoding.UTF8.GetBytes(text[(slash + 1)..]));
            if (protocol is null)
            {
                return value.Fail<DestinationScope>(Expected + ", and behind it a transport such as \"/tcp\"");
            }

            text = text[..slash];
        }

        ushort? port = null;
        int colon = text.LastIndexOf(':');
        bool hasPort = colon > 0 && (text[colon - 1] == ']' || text.IndexOf(':', StringComparison.Ordinal) == colon);
        if (hasPort)
        {
            port = ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
                ? number : null;
            if (port is null)
            {
                return value.Fail<DestinationScope>(Expected + "; a port is a number up to 65535");
            }

            text = text[..colon];
        }

        text = text is ['[', .., ']'] ? text[1..^1] : text;
        return Plain(text, value) is { } where ? new(where, port, protocol)
            : IsName(text) ? new(new DestinationPattern(new Glob(text.TrimEnd('.')), default, 0), port, protocol)
            : value.Fail<DestinationScope>(Expected);
    }

    /// <summary>An address or a network; null where the text is none.</summary>
    private static DestinationPattern? Plain(string text, SettingsValue value)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);

        // An address in brackets may have a port behind it, which the parser would pass over.
        if (text.StartsWith('[') || !IpAddress.TryParse(slash < 0 ? text : text[..slash], out IpAddress network))
        {
            return null;
        }

        int bits = network.IsV4 ? 32 : 128;
        return slash < 0 ? new(null, network, bits)
            : int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) && prefix <= bits
                ? new(null, network, prefix)
                : null;
    }

    /// <summary>Whether a text can be a host name or a pattern of names or addresses: one that could match nothing is none.</summary>
    private static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAny(" \t/[]")
        && (HasWildcard(text) || (!text.Contains(':', StringComparison.Ordinal) && !IsOfAddresses(text)));

    private static bool IsOfAddresses(string text) => !text.AsSpan().Trim('*').IsEmpty
        && !text.AsSpan().ContainsAnyExcept(AddressCharacters) && text.AsSpan().ContainsAny(".:");

    private static bool HasWildcard(string text) => text.AsSpan().ContainsAny('*', '?');
}

using System.Globalization;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>Whom a process calls through a proxy on one day, by the word of a sensor or of the proxy's own log.</summary>
/// <param name="Name">Host name; an address where that is what was asked for.</param>
/// <param name="Port">Port there; null where it is not said.</param>
/// <param name="Count">About how many connections.</param>
/// <param name="IsLoose">Whether it is the process's by its host's address and the time only.</param>
/// <param name="Handshake">What is known of the key exchange inside.</param>
internal readonly record struct ReachedName(string Name, ushort? Port, long Count, bool IsLoose, Handshake Handshake)
{
    /// <summary>Name and port, for a person.</summary>
    public string Where => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Name}:{port}") : Name;

    /// <summary>The address where no name was asked for; none otherwise.</summary>
    public IpAddress Ip => IpAddress.TryParse(Name, out IpAddress ip) ? ip : default;
}

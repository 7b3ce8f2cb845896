namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Brings computer names to the form hosts are keyed by.</summary>
internal static class HostNames
{
    /// <summary>As <see cref="Split"/>; a name of its own for a host that is not named: what macOS itself prints then.</summary>
    public static (string Host, string? Fqdn) Named(string? computer) =>
        Split(computer) is ({ } host, var fqdn) ? (host, fqdn) : (Identity.ProcessKey.UnnamedHost, null);

    /// <inheritdoc cref="Named(string?)"/>
    public static (string Host, string? Fqdn) Named(ReadOnlySpan<byte> computer) =>
        Named(computer.IsEmpty || computer.SequenceEqual("-"u8) ? null : System.Text.Encoding.UTF8.GetString(computer));

    /// <summary>The lower-case first label, and the lower-case full name where there is more than one label.</summary>
    public static (string? Host, string? Fqdn) Split(string? computer)
    {
        if (string.IsNullOrWhiteSpace(computer))
        {
            return (null, null);
        }

        // The separator of entity keys must not come in through a name; no computer name holds it.
        string name = computer.Trim().TrimEnd('.').ToLowerInvariant().Replace('|', '_');
        if (name.Length == 0)
        {
            return (null, null);
        }

        // An address is not a name with labels.
        bool isAddress = Identity.IpAddress.TryParse(name, out _) || name.All(static letter => char.IsAsciiDigit(letter) || letter == '.');
        int dot = isAddress ? -1 : name.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 ? (name, null) : (name[..dot], name);
    }
}

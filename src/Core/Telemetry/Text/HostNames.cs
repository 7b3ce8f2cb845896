namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Brings computer names to the form hosts are keyed by.</summary>
internal static class HostNames
{
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
        int dot = Identity.IpAddress.TryParse(name, out _) ? -1 : name.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 ? (name, null) : (name[..dot], name);
    }
}

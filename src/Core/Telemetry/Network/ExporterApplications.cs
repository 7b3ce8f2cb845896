namespace CipherWatch.Core.Telemetry.Network;

/// <summary>Brings what exporters call an application to the names used here.</summary>
internal static class ExporterApplications
{
    /// <summary>The application's name; null where the exporter found none.</summary>
    /// <param name="written">A name (<c>TLS.Google</c>, <c>ssl</c>), or YAF's label, which is the protocol's well-known port.</param>
    public static string? NameOf(string? written)
    {
        string? name = written?.ToLowerInvariant();

        // nDPI writes the protocol, a dot, and the service within it.
        int dot = name?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return (dot > 0 ? name![..dot] : name) switch
        {
            null or "0" or "unknown" or "unclassified" => null,
            "443" or "ssl" or "ssl/tls" => "tls",
            "22" => "ssh",
            "80" => "http",
            "53" => "dns",
            "25" => "smtp",
            "4433" => "quic",
            var other => other,
        };
    }
}

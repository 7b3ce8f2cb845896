using System.Text;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux;

/// <summary>Host names by their bytes, so that a host's records share one text.</summary>
internal sealed class HostCache
{
    /// <summary>The names of a run.</summary>
    public static readonly ReaderState<HostCache> State = new(() => new());

    private const int MaxHosts = 4096;

    private readonly Dictionary<string, (string? Host, string? Fqdn)> _hosts = new(StringComparer.Ordinal);
    private byte[] _last = [];
    private (string? Host, string? Fqdn) _lastHost;

    /// <summary>The lower-case first label of a name, and the full name where it has more labels; null for none.</summary>
    public (string? Host, string? Fqdn) Of(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return (null, null);
        }

        if (name.SequenceEqual(_last))
        {
            return _lastHost;
        }

        string text = Encoding.UTF8.GetString(name);
        if (!_hosts.TryGetValue(text, out (string? Host, string? Fqdn) host))
        {
            host = HostNames.Split(text);
            if (_hosts.Count < MaxHosts)
            {
                _hosts.Add(text, host);
            }
        }

        (_last, _lastHost) = (name.ToArray(), host);
        return host;
    }
}

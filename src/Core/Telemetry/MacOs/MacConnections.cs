using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>What lines about one connection said so far; they name it by its number, and only the first and last by its UUID.</summary>
internal sealed class MacConnection
{
    /// <summary>The observation that was made of it last; null before its start or end was read.</summary>
    public Observation? Last { get; set; }

    /// <summary>The observation of its sums; null before its end was read.</summary>
    public Observation? Sums { get; set; }

    /// <summary>Keys were exchanged.</summary>
    public bool IsSecured { get; set; }

    /// <summary>They were exchanged by QUIC.</summary>
    public bool IsQuic { get; set; }

    /// <summary>The address it reached; unspecified while that is not known.</summary>
    public IpAddress Reached { get; set; }
}

/// <summary>
/// Connections by host, process and number, so that what one line says is known to the others, whichever comes first. Bounded: of
/// more, the ones that were begun first are forgotten, and their lines then stand for themselves.
/// </summary>
internal sealed class MacConnections
{
    /// <summary>Connections that are remembered, a few hundred bytes each.</summary>
    private const int MaxConnections = 16384;

    private readonly Dictionary<(string Host, string Process, int Number), MacConnection> _known = [];
    private readonly Queue<(string, string, int)> _order = new();

    /// <summary>The connection of a number within a process.</summary>
    public MacConnection Of(MacEvent record, int number)
    {
        (string, string, int) key = (record.Host, record.Process?.Key?.Value ?? string.Empty, number);
        if (_known.TryGetValue(key, out MacConnection? connection))
        {
            return connection;
        }

        if (_known.Count == MaxConnections)
        {
            _known.Remove(_order.Dequeue());
        }

        _order.Enqueue(key);
        return _known[key] = new();
    }
}

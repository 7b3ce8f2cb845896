using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// Connections by process, local port and remote port, which stay in clear where the other end is redacted: what the kernel's lines say
/// of that end goes to the connection of Network.framework that lasted when the socket connected. In any order, and bounded.
/// </summary>
internal sealed class MacLocalEnds
{
    private const int MaxPlaces = 16384;

    /// <summary>Connections, and sockets, that are remembered of one place: a port is used again after minutes.</summary>
    private const int MaxOfPlace = 16;

    /// <summary>The framework and the kernel write of one moment as far apart as this.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Host, int Pid, ushort Local, ushort Remote), Place> _places = [];
    private readonly Queue<(string, int, ushort, ushort)> _order = new();

    /// <summary>Takes a connection that has ended and whose other end is hidden; the address of that end, where a socket told it.</summary>
    public IpAddress? Ask(MacEvent record, MacConnection connection, ushort local, ushort remote, long? milliseconds)
    {
        if (Of(record, local, remote) is not { } place)
        {
            return null;
        }

        Hidden hidden = new(connection, record.Time.Any, milliseconds ?? 0);
        Add(place.Hidden, hidden);
        return place.Told.Where(told => hidden.Lasts(told.At)).Select(told => (IpAddress?)told.Remote).FirstOrDefault();
    }

    /// <summary>Takes a socket that connected; the connection whose other end it tells, where one is known.</summary>
    public MacConnection? Tell(MacEvent record, ushort local, in MacEndpoint remote)
    {
        if (Of(record, local, remote.Port) is not { } place)
        {
            return null;
        }

        Add(place.Told, (record.Time.Any, remote.Address));
        return place.Hidden.Find(hidden => hidden.Lasts(record.Time.Any))?.Connection;
    }

    private Place? Of(MacEvent record, ushort local, ushort remote)
    {
        if (record.Process?.Pid is not { } pid || local == 0)
        {
            return null;
        }

        (string, int, ushort, ushort) key = (record.Host, pid, local, remote);
        if (_places.TryGetValue(key, out Place? place))
        {
            return place;
        }

        if (_places.Count == MaxPlaces)
        {
            _places.Remove(_order.Dequeue());
        }

        _order.Enqueue(key);
        return _places[key] = new();
    }

    private static void Add<T>(List<T> list, T one)
    {
        if (list.Count == MaxOfPlace)
        {
            list.RemoveAt(0);
        }

        list.Add(one);
    }

    private sealed class Place
    {
        public List<Hidden> Hidden { get; } = [];

        public List<(DateTimeOffset At, IpAddress Remote)> Told { get; } = [];
    }

    /// <summary>A connection whose other end is hidden, when it began and for how many milliseconds it lasted.</summary>
    private sealed record Hidden(MacConnection Connection, DateTimeOffset From, long Milliseconds)
    {
        // A difference of two times is always one; a time before the first or after the last is none.
        public bool Lasts(DateTimeOffset time) => time - From >= -Slack && (time - From - Slack).TotalMilliseconds <= Milliseconds;
    }
}

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>What file descriptors of processes stood for, and since when: joins a call on a descriptor to the call that made it.</summary>
/// <remarks>
/// Looked up by time, so that records may come in any order. Bounded in descriptors and in moments of each: what is forgotten is
/// not joined.
/// </remarks>
/// <typeparam name="T">What a descriptor stands for.</typeparam>
internal sealed class DescriptorTable<T>
{
    private const int MaxDescriptors = 32 << 10;
    private const int MaxMoments = 16;

    private readonly Dictionary<(ulong Host, int Pid, long Fd), List<(AuditStamp Stamp, T Value)>> _descriptors = [];
    private readonly Queue<(ulong Host, int Pid, long Fd)> _order = new();

    /// <summary>Notes what a descriptor stands for from a moment on.</summary>
    public void Add(ulong host, int pid, long fd, AuditStamp stamp, T value)
    {
        (ulong, int, long) key = (host, pid, fd);
        if (!_descriptors.TryGetValue(key, out List<(AuditStamp Stamp, T Value)>? moments))
        {
            if (_order.Count >= MaxDescriptors)
            {
                _descriptors.Remove(_order.Dequeue());
            }

            moments = [];
            _descriptors.Add(key, moments);
            _order.Enqueue(key);
        }

        int at = moments.Count;
        while (at > 0 && IsBefore(stamp, moments[at - 1].Stamp))
        {
            at--;
        }

        if (at > 0 && moments[at - 1].Stamp == stamp)
        {
            return;
        }

        moments.Insert(at, (stamp, value));
        if (moments.Count > MaxMoments)
        {
            moments.RemoveAt(0);
        }
    }

    /// <summary>What a descriptor stood for at a moment; false where nothing before it says.</summary>
    public bool TryFind(ulong host, int pid, long fd, AuditStamp stamp, out T value)
    {
        value = default!;
        if (!_descriptors.TryGetValue((host, pid, fd), out List<(AuditStamp Stamp, T Value)>? moments))
        {
            return false;
        }

        for (int at = moments.Count - 1; at >= 0; at--)
        {
            if (IsBefore(moments[at].Stamp, stamp))
            {
                value = moments[at].Value;
                return true;
            }
        }

        return false;
    }

    private static bool IsBefore(AuditStamp left, AuditStamp right) =>
        left.Ticks != right.Ticks ? left.Ticks < right.Ticks : left.Serial < right.Serial;
}

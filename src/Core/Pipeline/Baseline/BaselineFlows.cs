using System.Runtime.InteropServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>
/// The flows of benign telemetry, each once a day, whoever tells of it and however often: two sensors on one wire, a connection log and
/// one of its handshakes, a file that was read twice.
/// </summary>
internal sealed class BaselineFlows
{
    private readonly Dictionary<(FlowKey Key, DateOnly Day), BaselineFlow> _flows = [];

    // Records that add up are told apart by what they are: the same one again adds nothing.
    private readonly HashSet<UInt128> _added = [];

    /// <summary>The flows, in no order.</summary>
    public IEnumerable<BaselineFlow> All => _flows.Values;

    /// <summary>Adds what a record says of its flow.</summary>
    public void Add(Observation observation, FlowFields flow, DateOnly day)
    {
        (long sent, long received) = (flow.BytesOut ?? 0, flow.BytesIn ?? 0);
        if (flow.CountersAreDeltas && !_added.Add(observation.Id.Value))
        {
            return;
        }

        ref BaselineFlow known = ref CollectionsMarshal.GetValueRefOrAddDefault(_flows, (flow.Key, day), out bool told);
        BaselineFlow now = new(
            flow.SrcIp, flow.DstIp, flow.DstPort, flow.Protocol, day, flow.Application, flow.ServerName, sent, received,
            flow.BytesIn is null);
        known = told ? known.With(now, flow.CountersAreDeltas) : now;
    }
}

/// <summary>One flow on one day.</summary>
/// <param name="Source">Who opened it.</param>
/// <param name="Destination">Who answered.</param>
/// <param name="Port">There.</param>
/// <param name="Protocol">IANA protocol number.</param>
/// <param name="Day">The day.</param>
/// <param name="Application">What it was recognised as; null where it was not.</param>
/// <param name="ServerName">Name that was asked for.</param>
/// <param name="Sent">Bytes to the destination.</param>
/// <param name="Received">Bytes from it.</param>
/// <param name="IsHalf">Whether no record counts the bytes from it.</param>
internal readonly record struct BaselineFlow(
    IpAddress Source, IpAddress Destination, ushort Port, byte Protocol, DateOnly Day, string? Application, string? ServerName, long Sent,
    long Received, bool IsHalf)
{
    /// <summary>The same with what another record says: counts add up, or the largest holds; of two names the first in order.</summary>
    public BaselineFlow With(BaselineFlow other, bool addsUp) => this with
    {
        Application = First(Application, other.Application),
        ServerName = First(ServerName, other.ServerName),
        Sent = addsUp ? Sent + other.Sent : Math.Max(Sent, other.Sent),
        Received = addsUp ? Received + other.Received : Math.Max(Received, other.Received),
        IsHalf = IsHalf && other.IsHalf,
    };

    private static string? First(string? left, string? right) =>
        left is null ? right : right is null || string.CompareOrdinal(left, right) <= 0 ? left : right;
}

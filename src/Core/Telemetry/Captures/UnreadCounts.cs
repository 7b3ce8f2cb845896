using System.Runtime.InteropServices;
using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>Packets that could not be looked into, by what stood in the way.</summary>
internal sealed class UnreadCounts
{
    private readonly Dictionary<UnreadLayer, long> _packets = [];

    /// <summary>By name, in the order of their names.</summary>
    /// <param name="wanted">Which of them.</param>
    public IReadOnlyDictionary<string, long> ByName(Func<UnreadLayer, bool> wanted)
    {
        SortedDictionary<string, long> named = new(StringComparer.Ordinal);
        foreach ((UnreadLayer layer, long packets) in _packets)
        {
            if (wanted(layer))
            {
                named[layer.ToString()] = named.GetValueOrDefault(layer.ToString()) + packets;
            }
        }

        return named;
    }

    /// <summary>Counts packets; of a layer that was read none.</summary>
    public void Add(UnreadLayer layer, long packets = 1)
    {
        if (layer.Kind != UnreadKind.None && packets > 0)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_packets, layer, out _) += packets;
        }
    }
}

using System.Buffers.Binary;
using CipherWatch.Core.Telemetry.Captures.Flows;
using CipherWatch.Core.Telemetry.Captures.Framing;
using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>Reads packet captures, pcap and pcapng, into flows.</summary>
/// <remarks>
/// A reader of its own, over spans: what is wanted is headers, counters and first bytes, which needs neither a packet library's
/// objects nor its native part, and must not fall over any bytes. It is total: a broken capture yields what it held up to
/// there, and says so.
/// </remarks>
public static class CaptureReader
{
    /// <summary>Whether an input is a packet capture, by its first four bytes.</summary>
    public static bool IsCapture(ReadOnlySpan<byte> head) => head.Length >= 4
        && (BinaryPrimitives.ReadUInt32LittleEndian(head) is PcapngFramer.SectionHeader
            or 0xa1b2c3d4 or 0xd4c3b2a1 or 0xa1b23c4d or 0x4d3cb2a1 or 0xa1b2cd34 or 0x34cdb2a1);

    /// <summary>Reads a capture to its end.</summary>
    /// <param name="stream">Its bytes, already decompressed.</param>
    /// <param name="flow">
    /// Takes each flow once it is over: first those whose ports were used again, at the end the rest, by first packet.
    /// </param>
    /// <param name="cancellationToken">Stops between reads; flows seen so far come out.</param>
    /// <exception cref="IOException">The stream failed; flows seen up to there have come out.</exception>
    /// <exception cref="InvalidDataException">It was compressed and is damaged; likewise.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static CaptureSummary Read(Stream stream, Action<CapturedFlow> flow, CancellationToken cancellationToken = default) =>
        Read(stream, flow, static _ => { }, cancellationToken);

    /// <summary>Reads a capture to its end, and keeps what could not be read.</summary>
    /// <param name="stream">Its bytes, already decompressed.</param>
    /// <param name="flow">Takes each flow once it is over.</param>
    /// <param name="left">Takes bytes that could not be read, each with its reason.</param>
    /// <param name="cancellationToken">Stops between reads; flows seen so far come out.</param>
    /// <exception cref="IOException">The stream failed; flows seen up to there have come out.</exception>
    /// <exception cref="InvalidDataException">It was compressed and is damaged; likewise.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static CaptureSummary Read(
        Stream stream, Action<CapturedFlow> flow, Action<CaptureRemainder> left, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(left);
        int flows = 0;
        FlowTable? table = null;
        table = new(state =>
        {
            flows++;
            flow(FlowReading.Of(state, table!.FirstKnown));
        });
        PacketWalk walk = new(table);
        using CaptureRun run = new(walk, table, left);
        try
        {
            run.ReadAll(stream, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException)
        {
            walk.Finish();
            throw;
        }

        walk.Finish();
        return new(run.Packets, walk.PacketsOfFlows, flows, run.Bytes, run.Fault)
        {
            Unread = walk.Unread.ByName(static _ => true),
            UnreadOfFollowed = walk.Unread.ByName(static layer => layer.Kind != UnreadKind.Link),
            PacketsKept = run.PacketsKept,
        };
    }
}

/// <summary>What was read of a capture.</summary>
/// <param name="Packets">Packets in it.</param>
/// <param name="PacketsOfFlows">Packets of a flow; the rest carry no IP, or could not be looked into.</param>
/// <param name="Flows">Flows.</param>
/// <param name="Bytes">Bytes of the file, after decompression.</param>
/// <param name="Fault">Why the capture could not be read to its end, for a person; null where it was.</param>
public sealed record CaptureSummary(long Packets, long PacketsOfFlows, int Flows, long Bytes, string? Fault)
{
    /// <summary>Packets that could not be looked into, by what stood in the way, in name order.</summary>
    public IReadOnlyDictionary<string, long> Unread { get; init; } = new Dictionary<string, long>();

    /// <summary>Those among them whose link type is read.</summary>
    public IReadOnlyDictionary<string, long> UnreadOfFollowed { get; init; } = new Dictionary<string, long>();

    /// <summary>Packets of link types that are not read: they are handed on whole, and none of them is of a flow.</summary>
    public long PacketsKept { get; init; }
}

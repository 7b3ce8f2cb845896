using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
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
    private const int FirstBufferBytes = 1 << 20;
    private const int MaxBufferBytes = 256 << 20;
    private const int MaxPieceBytes = 1 << 20;
    private const int MaxLayers = 8;

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
        Read(stream, flow, null, cancellationToken);

    /// <inheritdoc cref="Read(Stream, Action{CapturedFlow}, CancellationToken)"/>
    /// <param name="stream">As above.</param>
    /// <param name="flow">As above.</param>
    /// <param name="rest">Takes the bytes that could not be read, from where the trouble shows to the end, in pieces.</param>
    /// <param name="cancellationToken">As above.</param>
    internal static CaptureSummary Read(
        Stream stream, Action<CapturedFlow> flow, Action<byte[]>? rest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(flow);
        int flows = 0;
        FlowTable table = new(state =>
        {
            flows++;
            flow(FlowReading.Of(state));
        });
        Run run = new(table);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        try
        {
            int held = run.ReadAll(stream, ref buffer, cancellationToken);
            if (run.Fault is not null && rest is not null)
            {
                run.HandOn(stream, buffer, held, rest);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException)
        {
            table.Finish();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        table.Finish();
        return new(run.Packets, run.PacketsOfFlows, flows, run.Bytes, run.Fault);
    }

    private sealed class Run(FlowTable table)
    {
        private ICaptureFramer? _framer;

        public long Packets { get; private set; }

        public long PacketsOfFlows { get; private set; }

        public long Bytes { get; private set; }

        public string? Fault { get; private set; }

        /// <summary>Hands on what could not be read.</summary>
        public void HandOn(Stream stream, byte[] buffer, int held, Action<byte[]> rest)
        {
            while (held > 0)
            {
                int piece = Math.Min(held, MaxPieceBytes);
                rest(buffer[..piece]);
                buffer.AsSpan(piece, held - piece).CopyTo(buffer);
                held -= piece;
                int read = stream.Read(buffer, held, buffer.Length - held);
                Bytes += read;
                held += read;
            }
        }

        /// <summary>Reads on to the end, or to where the trouble shows; returns the bytes of the buffer that were not used.</summary>
        public int ReadAll(Stream stream, ref byte[] buffer, CancellationToken cancellationToken)
        {
            int held = 0;
            while (Fault is null)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int read = stream.Read(buffer, held, buffer.Length - held);
                Bytes += read;
                held += read;
                int used = Drain(buffer.AsSpan(0, held));
                held -= used;
                if (read == 0)
                {
                    Fault ??= held > 0 || _framer is null ? Cut(held) : null;
                    return held;
                }

                buffer.AsSpan(used, held).CopyTo(buffer);
                Grow(ref buffer, held);
            }

            return held;
        }

        private string Cut(int held) => _framer is null
            ? "Not a packet capture: its header is neither pcap's nor pcapng's."
            : string.Create(CultureInfo.InvariantCulture, $"The capture was cut short: its last {held} bytes are no whole packet.");

        private void Grow(ref byte[] buffer, int held)
        {
            if (held < buffer.Length)
            {
                return;
            }

            if (buffer.Length >= MaxBufferBytes)
            {
                Fault = string.Create(
                    CultureInfo.InvariantCulture, $"The capture is broken at byte {Bytes - held}: a packet longer than any.");
                return;
            }

            byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, held).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        private int Drain(ReadOnlySpan<byte> buffer)
        {
            int used = 0;
            if (_framer is null && !TryOpen(buffer, ref used))
            {
                return 0;
            }

            while (true)
            {
                CaptureFrame frame = _framer!.Next(buffer[used..]);
                switch (frame.Kind)
                {
                    case CaptureFrameKind.NeedMore:
                        return used;
                    case CaptureFrameKind.Broken:
                        Fault = string.Create(
                            CultureInfo.InvariantCulture,
                            $"The capture is broken at byte {Bytes - (buffer.Length - used)}: no packet can start there.");
                        return used;
                    case CaptureFrameKind.Packet:
                        Packets++;
                        Packet(buffer.Slice(used + frame.Start, frame.Captured), frame);
                        break;
                }

                used += frame.Consumed;
            }
        }

        private bool TryOpen(ReadOnlySpan<byte> buffer, ref int used)
        {
            if (buffer.Length < PcapFramer.HeaderBytes)
            {
                return false;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(buffer) == PcapngFramer.SectionHeader)
            {
                _framer = new PcapngFramer();
                return true;
            }

            _framer = PcapFramer.Open(buffer);
            used = PcapFramer.HeaderBytes;
            Fault = _framer is null ? "Not a packet capture: its header is neither pcap's nor pcapng's." : null;
            return _framer is not null;
        }

        private void Packet(ReadOnlySpan<byte> frame, CaptureFrame header)
        {
            bool counted = false;
            int at = LinkLayer.FindIp(frame, header.Link);
            for (int layer = 0; layer < MaxLayers && IpPacket.TryRead(frame, at, header.Wire, out IpPacket packet); layer++)
            {
                at = Tunnels.InIp(frame, packet);
                if (at >= 0 && at < frame.Length)
                {
                    continue;
                }

                if (!Segment.TryRead(frame, packet, out Segment segment))
                {
                    break;
                }

                table.Add(packet, segment, header.Wire, header.Ticks);
                counted = true;
                at = Tunnels.InDatagram(frame, segment);
            }

            PacketsOfFlows += counted ? 1 : 0;
        }
    }
}

/// <summary>What was read of a capture.</summary>
/// <param name="Packets">Packets in it.</param>
/// <param name="PacketsOfFlows">Packets of a flow; the rest carry no IP, or are later parts of packets that were cut up.</param>
/// <param name="Flows">Flows.</param>
/// <param name="Bytes">Bytes of the file, after decompression.</param>
/// <param name="Fault">Why the capture could not be read to its end, for a person; null where it was.</param>
public sealed record CaptureSummary(long Packets, long PacketsOfFlows, int Flows, long Bytes, string? Fault);

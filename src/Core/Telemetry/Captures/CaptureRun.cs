using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using CipherWatch.Core.Telemetry.Captures.Flows;
using CipherWatch.Core.Telemetry.Captures.Framing;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>Reads the bytes of one file of captures through a buffer.</summary>
internal sealed class CaptureRun(PacketWalk walk, FlowTable table, Action<CaptureRemainder> left) : IDisposable
{
    private const int FirstBufferBytes = 1 << 20;
    private const int MaxBufferBytes = 256 << 20;
    private const string NoHeader = "Not a packet capture: its header is neither pcap's nor pcapng's.";

    private readonly UnreadPackets _unread = new(left);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _held;
    private ICaptureFramer? _framer;

    /// <summary>Packets read.</summary>
    public long Packets { get; private set; }

    /// <summary>Packets handed on unread.</summary>
    public long PacketsKept => _unread.Packets;

    /// <summary>Bytes read.</summary>
    public long Bytes { get; private set; }

    /// <summary>Why it could not be read to its end; null where it was.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads to the end, or to where nothing can be made of the bytes: the rest is handed on then.</summary>
    public void ReadAll(Stream stream, CancellationToken cancellationToken)
    {
        bool more = true;
        while (more && Fault is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            more = Fill(stream);
            int used = Drain(_buffer.AsSpan(0, _held));
            Use(used);
            if (!more)
            {
                Fault ??= _held == 0 && _framer is not null ? null : Cut();
            }
            else if (Fault is null && _held == _buffer.Length)
            {
                Grow();
            }
        }

        if (Fault is not null)
        {
            KeepRest(stream, cancellationToken);
        }

        _unread.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool Fill(Stream stream)
    {
        int read = stream.Read(_buffer, _held, _buffer.Length - _held);
        Bytes += read;
        _held += read;
        return read > 0;
    }

    private void Use(int used)
    {
        _held -= used;
        _buffer.AsSpan(used, _held).CopyTo(_buffer);
    }

    private string Cut() => _framer is null ? NoHeader
        : string.Create(CultureInfo.InvariantCulture, $"The capture was cut short: its last {_held} bytes are no whole packet.");

    private void Grow()
    {
        if (_buffer.Length >= MaxBufferBytes)
        {
            Fault = Broken("a packet longer than any", 0);
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _held).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private string Broken(string what, int used) =>
        string.Create(CultureInfo.InvariantCulture, $"The capture is broken at byte {Bytes - _held + used}: {what}.");

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
                    Fault = Broken("no packet can start there", used);
                    return used;
                case CaptureFrameKind.Capture when !TryOpen(buffer[used..], ref used):
                    return used;
                case CaptureFrameKind.Capture or CaptureFrameKind.Section:
                    table.BeginCapture();
                    break;
                case CaptureFrameKind.Packet:
                    Packet(buffer.Slice(used + frame.Start, frame.Captured), frame, used);
                    break;
                case CaptureFrameKind.Undescribed:
                    Packets++;
                    walk.AddUndescribed();
                    break;
            }

            used += frame.Consumed;
        }
    }

    private void Packet(ReadOnlySpan<byte> bytes, in CaptureFrame frame, int used)
    {
        Packets++;
        if (!walk.Add(bytes, frame))
        {
            _unread.Add(bytes, frame, Bytes - _held + used);
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

        PcapFramer? opened = PcapFramer.Open(buffer);
        used += opened is null ? 0 : PcapFramer.HeaderBytes;
        Fault = opened is null ? NoHeader : null;
        _framer = opened ?? _framer;
        return opened is not null;
    }

    /// <summary>Hands on what nothing can be made of, as it stood.</summary>
    private void KeepRest(Stream stream, CancellationToken cancellationToken)
    {
        // Parts are cut by length alone, not where reads happened to end. The first is there even where nothing is left.
        int part = 0;
        bool more = true;
        while (part == 0 || more || _held > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (more && _held < UnreadPackets.MaxPartBytes)
            {
                more = Fill(stream);
            }

            int length = Math.Min(_held, UnreadPackets.MaxPartBytes);
            if (part == 0 || length > 0)
            {
                left(new(Fault!, Bytes - _held, part++, _buffer.AsSpan(0, length).ToArray()));
                Use(length);
            }
        }
    }
}

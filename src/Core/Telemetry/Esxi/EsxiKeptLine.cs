using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>The last line of one program of one host, in memory that is used again for the next.</summary>
internal sealed class EsxiKeptLine
{
    /// <summary>Bytes of text that are kept of one line and what goes on with it; what a daemon names stands at its start.</summary>
    private const int MaxText = 8192;

    /// <summary>Bytes that a header takes at most: longer ones are not kept.</summary>
    private const int MaxHeader = 256;

    /// <summary>Copies of a line that wait with it: a record may come twice.</summary>
    private const int MaxWaiting = 16;

    private readonly byte[] _header = new byte[MaxHeader];
    private readonly List<long> _waiting = [];
    private byte[] _text = new byte[1024];
    private int _time;
    private int _host;
    private int _program;
    private int _length;

    /// <summary>The program and host it is of; 0 for none.</summary>
    public ulong Key { get; private set; }

    /// <summary>What the text said so far.</summary>
    public EsxiFindingKind Finding { get; private set; }

    /// <summary>The text so far.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>A key of a host's program, by its names as written.</summary>
    public static ulong KeyOf(ReadOnlySpan<byte> host, ReadOnlySpan<byte> program) =>
        (HashOf(host) * 0x9E3779B97F4A7C15) ^ HashOf(program) | 1;

    /// <summary>Whether it is this very line: the same text at the same time.</summary>
    public bool Is(ulong key, in EsxiHeader header, ReadOnlySpan<byte> text) =>
        Key == key && Text.SequenceEqual(text) && header.Time.SequenceEqual(_header.AsSpan(0, _time));

    /// <summary>Waits, with the line, for what completes it; whether it does.</summary>
    public bool Wait(PendingRecords? pending)
    {
        if (pending is null || Key == 0 || _waiting.Count == MaxWaiting)
        {
            return false;
        }

        _waiting.Add(pending.Begin());
        return true;
    }

    /// <summary>Accounts for the records that wait with the line, which has been completed.</summary>
    public void Settle(in RecordResult outcome, RecordContext context)
    {
        foreach (long number in _waiting)
        {
            if (outcome.Outcome == RecordOutcome.DeadLettered)
            {
                context.Pending!.GiveUp(number);
            }
            else
            {
                context.Pending!.Settle(number, outcome);
            }
        }

        _waiting.Clear();
    }

    /// <summary>Accounts for the records that wait with the line in vain.</summary>
    public void GiveUp(RecordContext context)
    {
        foreach (long number in _waiting)
        {
            context.Pending!.GiveUp(number);
        }

        _waiting.Clear();
    }

    /// <summary>Keeps a line.</summary>
    public void Set(ulong key, in EsxiHeader header, ReadOnlySpan<byte> text, EsxiFindingKind finding)
    {
        bool fits = header.Time.Length + header.Host.Length + header.Program.Length <= MaxHeader;
        Key = fits ? key : 0;
        (_time, _host, _program) = fits ? (header.Time.Length, header.Host.Length, header.Program.Length) : (0, 0, 0);
        if (fits)
        {
            header.Time.CopyTo(_header);
            header.Host.CopyTo(_header.AsSpan(_time));
            header.Program.CopyTo(_header.AsSpan(_time + _host));
        }

        _length = 0;
        Append(text);
        Finding = finding;
    }

    /// <summary>Adds what goes on with it, and gives the line's own header where the continuation has none.</summary>
    /// <returns>The length before, to <see cref="TakeBack"/> to.</returns>
    public int Continue(ref EsxiHeader header)
    {
        int before = _length;
        if (header.IsNewLine)
        {
            Append("\n"u8);
        }

        Append(header.Text);

        // A message is of the time at which it began.
        header.Time = _time > 0 ? _header.AsSpan(0, _time) : header.Time;
        header.Host = header.Host.IsEmpty ? _header.AsSpan(_time, _host) : header.Host;
        header.Program = header.Program.IsEmpty ? _header.AsSpan(_time + _host, _program) : header.Program;
        header.Text = Text;
        return before;
    }

    /// <summary>Takes back what was added last: it was another line's.</summary>
    public void TakeBack(int length) => _length = length;

    /// <summary>Notes what the text says with its continuation.</summary>
    public void Found(EsxiFindingKind finding) => Finding = finding;

    /// <summary>Forgets the line.</summary>
    public void Forget() => (Key, _length) = (0, 0);

    private void Append(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MaxText - _length)];
        if (_length + text.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Min(MaxText, Math.Max(_text.Length * 2, _length + text.Length)));
        }

        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        // FNV-1a: short names, and a clash costs a continuation only.
        ulong hash = 0xCBF29CE484222325;
        foreach (byte character in text)
        {
            // A tag may be written "Vpxa" where the line within has "vpxa".
            hash = (hash ^ (byte)(character | 0x20)) * 0x100000001B3;
        }

        return hash;
    }
}

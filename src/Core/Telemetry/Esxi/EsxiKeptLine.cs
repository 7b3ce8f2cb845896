namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>The last line of one program of one host, in memory that is used again for the next.</summary>
internal sealed class EsxiKeptLine
{
    /// <summary>Bytes of text that are kept of one line and what goes on with it; what a daemon names stands at its start.</summary>
    private const int MaxText = 8192;

    /// <summary>Bytes that a header takes at most: longer ones are not kept.</summary>
    private const int MaxHeader = 256;

    private readonly byte[] _header = new byte[MaxHeader];
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
    public void Continue(ref EsxiHeader header)
    {
        if (header.IsNewLine)
        {
            Append("\n"u8);
        }

        Append(header.Text);
        header.Time = header.Time.IsEmpty ? _header.AsSpan(0, _time) : header.Time;
        header.Host = header.Host.IsEmpty ? _header.AsSpan(_time, _host) : header.Host;
        header.Program = header.Program.IsEmpty ? _header.AsSpan(_time + _host, _program) : header.Program;
        header.Text = Text;
    }

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

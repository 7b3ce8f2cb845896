using System.Buffers;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>How a value of an audit record is written.</summary>
internal enum AuditForm : byte
{
    /// <summary>As it stands: a number, a word, or hexadecimal where the kernel had to escape.</summary>
    Bare,

    /// <summary>Between quotes: never hexadecimal.</summary>
    Quoted,

    /// <summary>Between braces, the parts of an address.</summary>
    Braced,
}

/// <summary>Walks the fields of one audit record over its bytes; allocates nothing.</summary>
/// <remarks>
/// A record ends where its line or the next record on it does. Values may be followed by the enriched half: behind byte 0x1D, behind
/// its escapes (<c>\u001D</c>, rsyslog's <c>#035</c>), or behind nothing. Interpreted values hold blanks: what follows a value and is
/// no <c>key=</c> belongs to it.
/// </remarks>
internal ref struct AuditFields(ReadOnlySpan<byte> body)
{
    private const byte Separator = 0x1d;

    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\u001d\n\r"u8);
    private static readonly SearchValues<byte> KeyBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-[]"u8);

    private readonly ReadOnlySpan<byte> _body = body;
    private int _at;

    /// <summary>The name of the field.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Its value, without quotes or braces.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>How the value is written.</summary>
    public AuditForm Form { get; private set; }

    /// <summary>Which of the fields that are read it is, or −1.</summary>
    public readonly AuditField Field => (AuditField)AuditFieldNames.All.Find(Key);

    /// <summary>What has not been walked over yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _body[_at..];

    /// <summary>Moves to the next field; false at the end.</summary>
    public bool Next()
    {
        while (ToWord())
        {
            ReadOnlySpan<byte> rest = _body[_at..];
            int length = rest.IndexOfAnyExcept(KeyBytes);
            if (length <= 0 || rest[length] != (byte)'=')
            {
                // A word that belongs to no field: "user pid=…", "avc:  denied { read } for  pid=…".
                int end = rest.IndexOfAny(Ends);
                _at = end < 0 ? _body.Length : _at + Math.Max(end, 1);
                continue;
            }

            Key = rest[..length];
            _at += length + 1;
            if (_at < _body.Length && _body[_at] == (byte)'\'')
            {
                // msg='…': the fields inside are the record's.
                _at++;
                continue;
            }

            ReadValue();
            return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the record begins with the architecture and the number of a call that is not read, as the kernel writes them: most
    /// records of most logs do, and need no further look.
    /// </summary>
    public readonly bool IsUselessCall()
    {
        const int ArchDigits = 8;
        if (_at != 0 || _body.Length < 32 || !_body.StartsWith("arch="u8) || !_body[(5 + ArchDigits)..].StartsWith(" syscall="u8))
        {
            return false;
        }

        ReadOnlySpan<byte> number = _body[(5 + ArchDigits + 9)..];
        int end = number.IndexOf((byte)' ');
        AuditArch arch = AuditArch.Of(_body.Slice(5, ArchDigits), out _);
        return end is > 0 and < 11 && arch.Table != CallTable.Unknown && AuditCalls.Of(arch, number[..end]) == AuditCall.None;
    }

    private bool ToWord()
    {
        while (_at < _body.Length)
        {
            switch (_body[_at])
            {
                case (byte)' ' or (byte)'\t' or Separator or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)'\'' or (byte)'"':
                    _at++;
                    break;
                case (byte)'\\' or (byte)'#' when EscapedSeparator(_body[_at..]) is > 0 and var escape:
                    _at += escape;
                    break;
                default:
                    return true;
            }
        }

        return false;
    }

    private void ReadValue()
    {
        ReadOnlySpan<byte> rest = _body[_at..];
        switch (rest)
        {
            case [(byte)'"', ..] when ClosingQuote(rest) is > 0 and var close:
                Value = rest[1..close];
                Form = AuditForm.Quoted;
                _at += close + 1;
                return;
            case [(byte)'{', ..] when rest.IndexOf((byte)'}') is > 0 and var brace:
                Value = rest[1..brace];
                Form = AuditForm.Braced;
                _at += brace + 1;
                return;
            default:
                int length = BareLength(rest);
                Value = rest[..length].TrimEnd((byte)'\'');
                Form = AuditForm.Bare;
                _at += length;
                return;
        }
    }

    /// <summary>
    /// Offset of the quote that ends the value, or −1. Quotes inside are not escaped, so it is one that something follows which
    /// may follow a value; the command line of the agent's rows ends before <c> redactors=</c>.
    /// </summary>
    private readonly int ClosingQuote(ReadOnlySpan<byte> rest)
    {
        if (Key.SequenceEqual("cmdline"u8))
        {
            int last = rest.LastIndexOf("\" redactors="u8);
            if (last > 0)
            {
                return last;
            }
        }

        int from = 1;
        while (rest[from..].IndexOf((byte)'"') is >= 0 and var at)
        {
            int quote = from + at;
            ReadOnlySpan<byte> behind = rest[(quote + 1)..];
            bool ends = behind.IsEmpty || behind[0] switch
            {
                (byte)' ' => MayEnd(behind[1..]),
                Separator or (byte)'\'' or (byte)')' or (byte)'\r' => true,
                _ => EscapedSeparator(behind) > 0 || EnrichedKey(behind),
            };
            if (ends)
            {
                return quote;
            }

            from = quote + 1;
        }

        return -1;
    }

    /// <summary>Whether the words behind a blank may stand behind a value: a field, or words of the kernel's that are none.</summary>
    private static bool MayEnd(ReadOnlySpan<byte> words)
    {
        int key = words.IndexOfAnyExcept(KeyBytes);
        return key != 0 ? key < 0 || words[key] is (byte)'=' or (byte)' ' : words[0] is not (byte)'"';
    }

    private static int BareLength(ReadOnlySpan<byte> rest)
    {
        int length = WordLength(rest);
        while (length < rest.Length && rest[length] == (byte)' ')
        {
            // What follows and is no field belongs to the value.
            ReadOnlySpan<byte> next = rest[(length + 1)..];
            int key = next.IndexOfAnyExcept(KeyBytes);
            if (key < 0 ? next.IsEmpty : next[key] == (byte)'=' && key > 0)
            {
                break;
            }

            length += 1 + WordLength(next);
        }

        return rest[..length].TrimEnd((byte)' ').Length;
    }

    private static int WordLength(ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOfAny(Ends);
        int length = end < 0 ? rest.Length : end;
        ReadOnlySpan<byte> word = rest[..length];
        if (word.IndexOfAny((byte)'=', (byte)'\\', (byte)'#') < 0)
        {
            return length;
        }

        int equals = word.IndexOf((byte)'=');
        while (equals > 0)
        {
            foreach (byte[] key in AuditFieldNames.Enriched)
            {
                if (word[..equals].EndsWith(key))
                {
                    return equals - key.Length;
                }
            }

            int further = word[(equals + 1)..].IndexOf((byte)'=');
            equals = further < 0 ? -1 : equals + 1 + further;
        }

        int escape = word.IndexOfAny((byte)'\\', (byte)'#');
        return escape >= 0 && EscapedSeparator(word[escape..]) > 0 ? escape : length;
    }

    private static bool EnrichedKey(ReadOnlySpan<byte> text)
    {
        int equals = text[..Math.Min(text.Length, 16)].IndexOf((byte)'=');
        if (equals <= 0)
        {
            return false;
        }

        foreach (byte[] key in AuditFieldNames.Enriched)
        {
            if (text[..equals].SequenceEqual(key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Length of the escape of byte 0x1D that stands here, 0 where none does.</summary>
    private static int EscapedSeparator(ReadOnlySpan<byte> text) =>
        text.Length == 0 || text[0] is not ((byte)'\\' or (byte)'#') ? 0
        : text.StartsWith("\\u001D"u8) || text.StartsWith("\\u001d"u8) ? 6
        : text.StartsWith("#035"u8) || text.StartsWith("\\035"u8) || text.StartsWith("\\x1d"u8) || text.StartsWith("\\x1D"u8) ? 4
        : 0;
}

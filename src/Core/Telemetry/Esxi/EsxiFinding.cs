namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>What the text of a line says.</summary>
internal enum EsxiFindingKind : byte
{
    /// <summary>Nothing of use: by far most lines.</summary>
    Nothing,

    /// <summary>A connection or session that stays on the host.</summary>
    Local,

    /// <summary>A connection whose addresses cannot be read.</summary>
    Broken,

    /// <summary>A connection of a daemon.</summary>
    Connection,

    /// <summary>Somebody logged in over the network.</summary>
    Session,

    /// <summary>A command that was typed in a shell.</summary>
    Command,

    /// <summary>A program that the kernel started.</summary>
    Start,
}

/// <summary>What the text of an ESXi line says, as spans into it.</summary>
internal ref struct EsxiFinding
{
    public EsxiFindingKind Kind;

    /// <summary>The ends, and what is known of the key exchange, of a connection or session.</summary>
    public EsxiEnds Ends;

    /// <summary>Host name the connection was asked for, empty where none is.</summary>
    public ReadOnlySpan<byte> ServerName;

    /// <summary>Who logged in or typed.</summary>
    public ReadOnlySpan<byte> User;

    /// <summary>The command or the program's path.</summary>
    public ReadOnlySpan<byte> Command;

    /// <summary>The event's own time, where the text carries one.</summary>
    public ReadOnlySpan<byte> OwnTime;

    /// <summary>Looks for what a line says.</summary>
    /// <param name="program">Whose line it is.</param>
    /// <param name="text">Its text, without headers.</param>
    public static EsxiFinding In(ReadOnlySpan<byte> program, ReadOnlySpan<byte> text)
    {
        EsxiFinding finding = default;
        if (EsxiConnectionText.TryRead(text, ref finding) || EsxiSessionText.TryRead(program, text, ref finding)
            || EsxiCommandText.TryRead(program, text, ref finding) || EnvoyAccess.TryRead(program, text, ref finding))
        {
            return finding;
        }

        return finding;
    }
}

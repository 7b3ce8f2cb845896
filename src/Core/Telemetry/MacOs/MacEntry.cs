namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>One entry of the unified log, whatever rendering it came in: spans of its record until something is made of it.</summary>
internal ref struct MacEntry
{
    /// <summary>No process number is written.</summary>
    public const int NoPid = -1;

    /// <summary>The time as written.</summary>
    public ReadOnlySpan<byte> Time;

    /// <summary>The time has no date (Console.app's copies).</summary>
    public bool HasNoDate;

    /// <summary>The host, where the rendering or its envelope names it.</summary>
    public ReadOnlySpan<byte> Host;

    /// <summary>Path of the process, or its name alone.</summary>
    public ReadOnlySpan<byte> Process;

    /// <summary>Its number, or <see cref="NoPid"/>.</summary>
    public int Pid;

    /// <summary>The library that logged, path or name; empty where it is the process itself.</summary>
    public ReadOnlySpan<byte> Sender;

    /// <summary>Subsystem, empty for none.</summary>
    public ReadOnlySpan<byte> Subsystem;

    /// <summary>The message; lines behind the first follow line feeds.</summary>
    public ReadOnlySpan<byte> Message;
}

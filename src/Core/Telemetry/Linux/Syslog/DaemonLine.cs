namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>A daemon's message with all that is known of where it comes from, whatever it came in.</summary>
internal readonly ref struct DaemonLine
{
    /// <summary>The program, without its path.</summary>
    public required ReadOnlySpan<byte> Program { get; init; }

    /// <summary>What it says.</summary>
    public required ReadOnlySpan<byte> Message { get; init; }

    /// <summary>The host; empty where not known.</summary>
    public ReadOnlySpan<byte> Host { get; init; }

    /// <summary>The program's process number; −1 where not known.</summary>
    public int Pid { get; init; }

    /// <summary>The program's path; empty where not known.</summary>
    public ReadOnlySpan<byte> Path { get; init; }

    /// <summary>The boot that the process number is of; empty where not known.</summary>
    public ReadOnlySpan<byte> Boot { get; init; }

    /// <summary>When, by the host's clock, with its zone known.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>When, by the host's clock, where it was written without a zone.</summary>
    public DateTimeOffset? LocalTime { get; init; }
}

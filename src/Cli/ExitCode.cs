namespace CipherWatch.Cli;

/// <summary>How a run ended, for scripts.</summary>
internal enum ExitCode
{
    /// <summary>Done, with or without findings; dead letters and empty files are no failure.</summary>
    Done = 0,

    /// <summary>An input could not be read or not to its end (Ctrl-C included), or a sink failed. What was found stands.</summary>
    Failed = 1,

    /// <summary>The command line, or a file that it names as a setting, is wrong: nothing was done.</summary>
    Usage = 2,
}

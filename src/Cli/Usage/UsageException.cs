namespace CipherWatch.Cli.Usage;

/// <summary>The command line is wrong in a way that only shows when its values are read; the message says how.</summary>
internal sealed class UsageException(string message) : Exception(message);

using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>What syslog lines of the input said before: messages of several lines go on in lines without a head.</summary>
internal sealed class SyslogState : IInputState
{
    /// <summary>The state of a run.</summary>
    public static readonly ReaderState<SyslogState> State = new(() => new());

    /// <summary>Lines that a message goes on for at most; what follows is no longer taken for a part of it.</summary>
    private const int MaxMessageLines = 8;

    private int _left;

    /// <inheritdoc/>
    public void BeginInput() => _left = 0;

    /// <summary>
    /// Notes a line with a head. The kernel, the audit daemon and those that tell of sessions write one line a message: what looks like
    /// nothing behind such a line is no part of it, but a record that was damaged.
    /// </summary>
    public void Saw(bool isOneLine) => _left = isOneLine ? 0 : MaxMessageLines;

    /// <summary>Whether a line without a head is a further part of the message before.</summary>
    public bool TryContinue() => _left-- > 0;
}

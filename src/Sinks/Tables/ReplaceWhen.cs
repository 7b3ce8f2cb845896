namespace CipherWatch.Sinks.Tables;

/// <summary>When a row gives way to the same detection with other content.</summary>
public enum ReplaceWhen
{
    /// <summary>At a higher revision: whoever publishes counts revisions.</summary>
    HigherRevision,

    /// <summary>At the same revision too: whoever publishes does not count, as the local runner, and the later run stands.</summary>
    SameOrHigherRevision,
}

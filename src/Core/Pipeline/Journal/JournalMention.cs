using CipherWatch.Core.Correlation.Flow;

namespace CipherWatch.Core.Pipeline.Journal;

/// <summary>One entry read.</summary>
/// <param name="Flow">What it says of its flow.</param>
/// <param name="Owner">The process whose connection it is, as <see cref="JournalEntry.OwnerOf"/> names it; 0 where it is none.</param>
/// <param name="ProxiedPort">The port that a proxy was asked for, 0 where unknown; null where it was asked for none.</param>
internal readonly record struct JournalMention(FlowSummary Flow, ulong Owner, ushort? ProxiedPort)
{
    /// <summary>Whether it says that a name resolved to an address.</summary>
    public bool IsAnswer => Flow is { Key.Protocol: 0, ServerName: not null };
}

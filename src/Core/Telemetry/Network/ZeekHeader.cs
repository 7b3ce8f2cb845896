namespace CipherWatch.Core.Telemetry.Network;

/// <summary>What the header lines of a Zeek TSV log say: its path and the place of each column.</summary>
internal sealed class ZeekHeader;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>What was read of a capture.</summary>
/// <param name="Packets">Packets in it.</param>
/// <param name="PacketsOfFlows">Packets that belong to a flow; the rest carry no IP, or are later parts of packets that were cut up.</param>
/// <param name="Flows">Flows.</param>
/// <param name="Bytes">Bytes of the file, after decompression.</param>
/// <param name="Fault">Why the capture could not be read to its end, for a person; null where it was.</param>
public sealed record CaptureSummary(long Packets, long PacketsOfFlows, int Flows, long Bytes, string? Fault);

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>A value that benign telemetry suggests for a setting.</summary>
/// <param name="Setting">Name of the setting.</param>
/// <param name="Key">Name within a setting that is an object (a port, a host); null for a list's member or a plain value.</param>
/// <param name="Json">The value as JSON.</param>
/// <param name="Reason">Counts, hosts and days that it rests on.</param>
public sealed record Proposal(string Setting, string? Key, string Json, string Reason);

/// <summary>What was seen and is not proposed.</summary>
/// <param name="Setting">The setting it would have been for.</param>
/// <param name="What">What was seen.</param>
/// <param name="Why">Why a person has to decide.</param>
public sealed record Refusal(string Setting, string What, string Why);

/// <summary>What was learned from telemetry that is taken for benign.</summary>
/// <param name="Proposals">By setting, then value.</param>
/// <param name="Refusals">By setting, then what was seen.</param>
public sealed record BaselineResult(IReadOnlyList<Proposal> Proposals, IReadOnlyList<Refusal> Refusals);

using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Cli.Scoring;

/// <summary>One row of <c>score</c>: a file's bytes, or the bytes of one flow of a packet capture.</summary>
/// <param name="File">The file.</param>
/// <param name="Flow">The flow, as text; null where the whole file was scored.</param>
/// <param name="Score">The judgement.</param>
/// <param name="Handshake">The flow's key exchange; null where the whole file was scored.</param>
internal sealed record ScoredSample(string File, string? Flow, PayloadScore Score, Handshake? Handshake);

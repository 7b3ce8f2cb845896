using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>Whether the fields seen so far settle that a record is irrelevant.</summary>
/// <param name="text">The record's bytes.</param>
/// <param name="fields">The top-level fields that have been seen, by their places.</param>
internal delegate bool JsonSkipTest(ReadOnlySpan<byte> text, ReadOnlySpan<FieldSpan> fields);

/// <summary>When the rest of a record need not be looked at, because some of its fields settle that it is skipped.</summary>
/// <remarks>It only says when to stop. What becomes of the record is said by its format, from the same fields.</remarks>
/// <param name="IsSettled">Asked after each of the deciding fields.</param>
/// <param name="Deciding">Places of the fields that it looks at.</param>
internal sealed record JsonSkipRule(JsonSkipTest IsSettled, IReadOnlyList<int> Deciding);

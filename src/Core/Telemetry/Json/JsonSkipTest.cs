using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>Whether the fields seen so far settle that a record is irrelevant.</summary>
/// <param name="text">The record's bytes.</param>
/// <param name="fields">The fields of <see cref="TopLevel"/> that have been seen.</param>
internal delegate bool JsonSkipTest(ReadOnlySpan<byte> text, ReadOnlySpan<FieldSpan> fields);

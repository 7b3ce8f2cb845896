using System.Text.Json;

namespace CipherWatch.Benchmarks;

/// <summary>The yardstick: a bare <see cref="Utf8JsonReader"/> pass over the same bytes, every token read and nothing done with it.</summary>
internal static class TokenPass
{
    private static readonly JsonReaderOptions ManyValues = new() { AllowMultipleValues = true, MaxDepth = 256 };

    /// <summary>Tokens of the whole input.</summary>
    public static long Count(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, ManyValues);
        long tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }
}

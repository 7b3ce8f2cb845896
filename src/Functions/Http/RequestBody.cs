using System.Net;
using CipherWatch.Functions.Ingestion;
using Microsoft.AspNetCore.Http;

namespace CipherWatch.Functions.Http;

/// <summary>A request's body, read to its end and decompressed; or the answer to give where it cannot be.</summary>
/// <param name="Parts">Its content: one part, or as many as an archive holds; none where it cannot be read.</param>
/// <param name="Refusal">The answer that refuses it; null where it can be read.</param>
internal readonly record struct RequestBody(IReadOnlyList<ReadOnlyMemory<byte>> Parts, JsonAnswer? Refusal)
{
    /// <summary>Longest request body, bytes, as it comes.</summary>
    public const int MaxBytes = 8 << 20;

    private const int BufferBytes = 64 << 10;

    /// <summary>Whether there is nothing in it but space.</summary>
    public bool IsBlank => Parts.All(part => part.Span.Trim(" \t\r\n"u8).IsEmpty);

    /// <summary>Reads the body of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="decompress">Whether a body that is gzip or zip is read through; false where the bytes themselves are what is asked
    /// about.</param>
    /// <param name="cancellationToken">The host is stopping, or the caller has gone.</param>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, bool decompress, CancellationToken cancellationToken)
    {
        if (await ReadRawAsync(request.Body, cancellationToken).ConfigureAwait(false) is not { } raw)
        {
            return Refused(
                HttpStatusCode.RequestEntityTooLarge,
                $"The body is longer than {MaxBytes >> 20} MiB. Send it in pieces, cut between records, or gzip it.");
        }

        if (!decompress)
        {
            return new([raw], null);
        }

        List<ReadOnlyMemory<byte>> parts = [];
        return BodyContent.Read(raw, BatchBudget.Default.MaxBodyBytes, parts.Add) is { } reason
            ? Refused(HttpStatusCode.BadRequest, $"The body cannot be read: {reason}")
            : new(parts, null);
    }

    /// <summary>Reads a body to its end; null when it is too long.</summary>
    private static async Task<byte[]?> ReadRawAsync(Stream stream, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        byte[] buffer = new byte[BufferBytes];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (body.Length + read > MaxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static RequestBody Refused(HttpStatusCode status, string error) => new([], JsonAnswer.Error(status, error));
}

namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>
/// What the header of an HTTP message says of a body that looks random. Only what cannot be checked explains it: a coding or a type
/// with a magic of its own would have been recognised, so that its name beside random bytes speaks against them. Servers send media in
/// encrypted segments and codings that nothing shows; clients send neither, so that in a request such a name explains nothing.
/// </summary>
internal static class HttpCover
{
    /// <summary>The cover of a body under this header.</summary>
    /// <param name="header">The header block, its first line included.</param>
    public static BodyCover Of(ReadOnlySpan<byte> header)
    {
        bool isAnswer = header.StartsWith("HTTP/1."u8);

        // A part of a file shows no magic, and media are sent in parts.
        bool isPart = HttpFields.StartsWith(HttpFields.Value(header, "content-range"u8), "bytes"u8);
        ReadOnlySpan<byte> coding = HttpFields.Value(header, "content-encoding"u8);
        ReadOnlySpan<byte> type = HttpFields.Value(header, "content-type"u8);
        if (isPart || IsEncryptedByDefinition(type, coding) || (isAnswer && IsUncheckable(coding)))
        {
            return BodyCover.Explained;
        }

        bool claims = HasMagic(coding) || IsText(type) || HasMagicType(type);
        return claims ? BodyCover.Contradicted : isAnswer && IsMedia(type) ? BodyCover.Explained : BodyCover.Unexplained;
    }

    /// <summary>Codings without a magic: Brotli (RFC 7932), raw deflate, which servers also call deflate, and their like.</summary>
    private static bool IsUncheckable(ReadOnlySpan<byte> coding) =>
        HttpFields.StartsWith(coding, "br"u8) || HttpFields.StartsWith(coding, "deflate"u8) || HttpFields.StartsWith(coding, "compress"u8)
        || HttpFields.StartsWith(coding, "dcb"u8);

    /// <summary>What is encrypted by its own definition (RFC 8188, CMS, OpenPGP), and forms, of which a file is a part.</summary>
    private static bool IsEncryptedByDefinition(ReadOnlySpan<byte> type, ReadOnlySpan<byte> coding) =>
        HttpFields.StartsWith(coding, "aes128gcm"u8) || HttpFields.StartsWith(type, "multipart/"u8)
        || HttpFields.Contains(type, "pkcs"u8) || HttpFields.Contains(type, "pgp"u8) || HttpFields.Contains(type, "ocsp"u8);

    private static bool HasMagic(ReadOnlySpan<byte> coding) =>
        HttpFields.StartsWith(coding, "gzip"u8) || HttpFields.StartsWith(coding, "x-gzip"u8) || HttpFields.StartsWith(coding, "zstd"u8);

    private static bool IsText(ReadOnlySpan<byte> type) =>
        HttpFields.StartsWith(type, "text/"u8) || HttpFields.Contains(type, "json"u8) || HttpFields.Contains(type, "xml"u8)
        || HttpFields.Contains(type, "javascript"u8) || HttpFields.Contains(type, "urlencoded"u8);

    /// <summary>Kinds of file that all start with a magic which is recognised.</summary>
    private static bool HasMagicType(ReadOnlySpan<byte> type) =>
        HttpFields.StartsWith(type, "image/png"u8) || HttpFields.StartsWith(type, "image/jp"u8)
        || HttpFields.StartsWith(type, "image/gif"u8) || HttpFields.StartsWith(type, "image/bmp"u8)
        || HttpFields.StartsWith(type, "application/pdf"u8) || HttpFields.StartsWith(type, "application/zip"u8)
        || HttpFields.StartsWith(type, "application/gzip"u8) || HttpFields.StartsWith(type, "application/dns-message"u8);

    /// <summary>Media, whose segments may start anywhere and be encrypted, and games' content.</summary>
    private static bool IsMedia(ReadOnlySpan<byte> type) =>
        HttpFields.StartsWith(type, "video/"u8) || HttpFields.StartsWith(type, "audio/"u8) || HttpFields.StartsWith(type, "image/"u8)
        || HttpFields.StartsWith(type, "font/"u8)
        || HttpFields.Contains(type, "stream-content"u8) || HttpFields.Contains(type, "steam"u8)
        || HttpFields.Contains(type, "mpegurl"u8) || HttpFields.Contains(type, "flash"u8) || HttpFields.Contains(type, "rtmp"u8);
}

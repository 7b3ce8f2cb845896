namespace CipherWatch.Cli.Inputs;

/// <summary>What a file is wrapped in.</summary>
internal enum ContainerKind
{
    /// <summary>Nothing: its bytes are the content.</summary>
    None,

    /// <summary>gzip, of one or several members.</summary>
    Gzip,

    /// <summary>zip, of any number of entries.</summary>
    Zip,

    /// <summary>tar, of any number of entries.</summary>
    Tar,

    /// <summary>Compressed in a way that is not read here.</summary>
    Unreadable,
}

/// <summary>Tells containers by their first bytes: a name may lie, and logs are rotated under any.</summary>
internal static class ContainerKinds
{
    /// <summary>Bytes that are enough to tell, but for tar.</summary>
    public const int HeadBytes = 6;

    /// <summary>
    /// The container of a stream. More than its first bytes is waited for only where they open neither JSON, XML nor a commented
    /// header: those may come from a pipe, a line at a time.
    /// </summary>
    public static ContainerKind Of(PeekStream stream, out string name)
    {
        ReadOnlySpan<byte> head = stream.Peek(HeadBytes);
        ContainerKind kind = Of(head, out name);
        if (kind != ContainerKind.None || head.IsEmpty || "{[<#"u8.Contains(head[0]) || !TarHeader.Fits(stream.Peek(TarHeader.Length)))
        {
            return kind;
        }

        name = "tar";
        return ContainerKind.Tar;
    }

    /// <summary>The container that these first bytes open, and for an unreadable one its name.</summary>
    public static ContainerKind Of(ReadOnlySpan<byte> head, out string name)
    {
        name = head switch
        {
            [0x1f, 0x8b, 0x08, ..] => "gzip",
            [(byte)'P', (byte)'K', 0x03, 0x04, ..] or [(byte)'P', (byte)'K', 0x05, 0x06, ..] => "zip",
            [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0x00, ..] => "xz",
            [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
            [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, ..] => "bzip2",
            [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => "7z",
            _ => string.Empty,
        };
        return name switch
        {
            "" => ContainerKind.None,
            "gzip" => ContainerKind.Gzip,
            "zip" => ContainerKind.Zip,
            _ => ContainerKind.Unreadable,
        };
    }
}

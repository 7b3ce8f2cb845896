using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>Tells the few messages that are of use from the many that are not.</summary>
internal static class MacMessages
{
    /// <summary>Of <c>TLS connected</c>, of <c>xpcproxy spawned</c>, and of the routines that <see cref="CipherUse"/> knows.</summary>
    private static readonly BytePairs Signs = new(["LS", "xp", .. CipherUse.Signs]);

    /// <summary>What a message says, by its first line.</summary>
    public static MacFindingKind KindOf(in MacEntry entry)
    {
        ReadOnlySpan<byte> message = entry.Message;
        if (message.Length < 8)
        {
            return MacFindingKind.Nothing;
        }

        switch (message[0])
        {
            case (byte)'[' when message[1] == (byte)'C' || char.IsAsciiDigit((char)message[1]):
                MacFindingKind kind = Connection(FirstLine(message));
                if (kind != MacFindingKind.Nothing)
                {
                    return kind;
                }

                break;
            case (byte)'t' when message.StartsWith("tcp"u8):
                return KernelSocket.Fits(message) ? MacFindingKind.Socket : MacFindingKind.Nothing;
        }

        if (!Signs.MayStandIn(message))
        {
            return CipherUse.IsOfLibrary(entry) ? MacFindingKind.Cipher : MacFindingKind.Nothing;
        }

        return message.IndexOf("] TLS connected ["u8) > 0 ? MacFindingKind.Secured
            : LaunchdSpawn.Fits(entry) ? MacFindingKind.Spawn
            : CipherUse.Fits(entry) ? MacFindingKind.Cipher
            : MacFindingKind.Nothing;
    }

    /// <summary>A text up to its first line feed.</summary>
    public static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        return (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
    }

    private static MacFindingKind Connection(ReadOnlySpan<byte> line) =>
        line.EndsWith("] start"u8) ? MacFindingKind.Start
        : line.EndsWith("] cancelled"u8) ? MacFindingKind.Close
        : line.IndexOf("] event: flow:finish_connect"u8) > 0 ? MacFindingKind.Reached
        : MacFindingKind.Nothing;
}

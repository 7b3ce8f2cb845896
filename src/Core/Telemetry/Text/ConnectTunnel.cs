using System.Text;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>
/// A tunnel through a proxy (RFC 9110 §9.3.6): after <c>CONNECT</c> and its answer of 2xx what both sides send is the destination's, and
/// is read as if it came first.
/// </summary>
/// <param name="Target">Whom the proxy was asked for.</param>
/// <param name="RequestBytes">Bytes of the client's that come before the tunnel.</param>
/// <param name="AnswerBytes">Bytes of the proxy's that come before it.</param>
internal readonly record struct ConnectTunnel(RequestTarget Target, int RequestBytes, int AnswerBytes)
{
    /// <summary>Requests of one connection that are refused at first: proxies ask for credentials, and some schemes take three.</summary>
    private const int MaxRequests = 4;

    /// <summary>Header blocks longer than this are none of a tunnel's.</summary>
    private const int MaxHeadBytes = 8 * 1024;

    /// <summary>Reads the beginning of both directions; false where no tunnel stands open by their ends.</summary>
    public static bool TryRead(ReadOnlySpan<byte> client, ReadOnlySpan<byte> proxy, out ConnectTunnel tunnel)
    {
        tunnel = default;
        (int sent, int received) = (0, 0);
        for (int request = 0; request < MaxRequests; request++)
        {
            int head = Request(client[sent..], out RequestTarget target);
            int answer = Head(proxy[received..]);
            if (head == 0 || answer == 0 || !proxy[received..].StartsWith("HTTP/1."u8))
            {
                return false;
            }

            ReadOnlySpan<byte> status = proxy.Slice(received + 8, Math.Min(5, answer - 8));
            sent += head;
            received += answer;
            if (status.StartsWith(" 2"u8))
            {
                tunnel = new(target, sent, received);
                return true;
            }

            // A page that says what is missing may come with the refusal.
            int next = proxy[received..].IndexOf("HTTP/1."u8);
            if (next < 0)
            {
                return false;
            }

            received += next;
        }

        return false;
    }

    /// <summary>
    /// Bytes that come before the tunnel in one direction alone: of a client's request, or of the answer that proxies give to one and that
    /// says nothing of a body; 0 where there are none.
    /// </summary>
    public static int HeadOf(ReadOnlySpan<byte> bytes)
    {
        int request = Request(bytes, out _);
        if (request > 0)
        {
            return request;
        }

        int head = Head(bytes);
        int line = head == 0 ? -1 : bytes.IndexOf("\r\n"u8);
        return line > 0 && bytes.StartsWith("HTTP/1."u8) && bytes[..line].IndexOf(" 200 "u8) > 0
            && Says(bytes[..line], "connection established") && !Says(bytes[..head], "content-") && !Says(bytes[..head], "transfer-")
            ? head : 0;
    }

    private static int Request(ReadOnlySpan<byte> bytes, out RequestTarget target)
    {
        target = default;
        int head = bytes.StartsWith("CONNECT "u8) ? Head(bytes) : 0;
        int blank = head == 0 ? -1 : bytes[8..].IndexOf((byte)' ');
        return blank > 0 && bytes[(8 + blank)..].StartsWith(" HTTP/1."u8)
            && RequestTarget.TryAuthority(bytes.Slice(8, blank), 0, out target) ? head : 0;
    }

    /// <summary>Bytes of the header block that a span begins with; 0 where its end is not there.</summary>
    private static int Head(ReadOnlySpan<byte> bytes) =>
        bytes[..Math.Min(bytes.Length, MaxHeadBytes)].IndexOf("\r\n\r\n"u8) is > 12 and var end ? end + 4 : 0;

    private static bool Says(ReadOnlySpan<byte> head, string words)
    {
        for (int at = 0; at + words.Length <= head.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(head.Slice(at, words.Length), words))
            {
                return true;
            }
        }

        return false;
    }
}

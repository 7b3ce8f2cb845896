using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>HTTP in the clear.</summary>
internal static class WebExchange
{
    private const int PackedBytes = 1_700;

    private static readonly string[] Words =
    [
        "status", "report", "customer", "delivery", "week", "team", "number", "open", "price", "office", "update", "request", "order",
            "north", "train",
        "meeting", "machine", "service", "green", "first", "water", "later", "quality", "page",
    ];

    /// <summary>A page of HTML.</summary>
    public static Payload Page(SimulationRandom random, Destination destination)
    {
        string body = $"<!DOCTYPE html><html><head><title>{random.Pick(Words)}</title></head><body>"
            + $"<p>{Prose(random, 140)}</p></body></html>";
        return new(
            Get(destination, $"/{random.Pick(Words)}/{random.Pick(Words)}"), Answer("text/html; charset=utf-8", WireBytes.Text(body)));
    }

    /// <summary>A cabinet file: random-looking, and explained by what it is. Source: MS-CAB 2.1.</summary>
    /// <remarks>No compressor is called: its output differs by version.</remarks>
    public static Payload Cabinet(SimulationRandom random, Destination destination) => new(
        Get(destination, $"/packages/kb{random.Between(5_070_000, 5_090_000)}.cab"),
        Answer("application/vnd.ms-cab-compressed",
        [
            .. "MSCF"u8, 0, 0, 0, 0, 0, 0, 0x3c, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 1, 0, .. random.Bytes(PackedBytes),
        ]));

    /// <summary>A Debian package: an archive whose members are named in clear, and compressed. Source: deb(5).</summary>
    public static Payload DebianPackage(SimulationRandom random, Destination destination) => new(
        Get(destination, $"/debian/pool/main/{random.Pick(Words)}_{random.Between(1, 9)}.{random.Between(0, 40)}-1_amd64.deb"),
        Answer("application/vnd.debian.binary-package",
        [
            .. "!<arch>\ndebian-binary   1767225600  0     0     100644  4         `\n2.0\n"u8,
            .. "control.tar.xz  1767225600  0     0     100644  1432      `\n"u8, 0xfd, .. "7zXZ"u8, 0, 0, 4, .. random.Bytes(PackedBytes),
        ]));

    /// <summary>Measurements pushed to a database, as lines of text.</summary>
    public static Payload Metrics(SimulationRandom random, Destination destination)
    {
        StringBuilder body = new();
        for (int line = 0; line < 12; line++)
        {
            body.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"cpu,cpu=cpu{line} usage_user={random.Between(0, 100)}.{random.Between(0, 99)} 17{line}0000\n");
        }

        return new(
            [
                .. WireBytes.Text(
                    $"POST /write?db=telegraf HTTP/1.1\r\nHost: {destination.Name}\r\nUser-Agent: Telegraf/1.30\r\n"
                    + $"Content-Length: {body.Length}\r\n\r\n"),
                .. WireBytes.Text(body.ToString()),
            ],
            WireBytes.Text("HTTP/1.1 204 No Content\r\nX-Influxdb-Version: 1.8.10\r\n\r\n"));
    }

    /// <summary>A GET.</summary>
    public static byte[] Get(Destination destination, string path) => WireBytes.Text(
        $"GET {path} HTTP/1.1\r\nHost: {destination.Name ?? destination.Address}\r\n"
        + "User-Agent: Mozilla/5.0 (compatible)\r\nAccept: */*\r\n\r\n");

    /// <summary>A POST of bytes.</summary>
    public static byte[] Post(Destination destination, string path, byte[] body) =>
    [
        .. WireBytes.Text(
            $"POST {path} HTTP/1.1\r\nHost: {destination.Name ?? destination.Address}\r\n"
            + "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64)\r\n"),
        .. WireBytes.Text($"Content-Type: application/octet-stream\r\nContent-Length: {body.Length}\r\n\r\n"), .. body,
    ];

    /// <summary>An answer with a body.</summary>
    public static byte[] Answer(string type, byte[] body) =>
        [.. WireBytes.Text($"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    /// <summary>Words.</summary>
    public static string Prose(SimulationRandom random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => random.Pick(Words)));
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Linux;

/// <summary>Pieces of audit records.</summary>
internal static class AuditValues
{
    /// <summary>Calls of x86_64. Source: the kernel's <c>syscall_64.tbl</c>.</summary>
    public const int Execve = 59;
    public const int Connect = 42;
    public const int OpenAt = 257;

    private const short InternetFamily = 2;
    private const int TitleBytes = 128;

    /// <summary>An IPv4 address as the kernel holds it, in hex: the family in the host's order, the port in the network's.</summary>
    public static string SocketAddress(string address, int port)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteInt16LittleEndian(bytes, InternetFamily);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)port);
        IPAddress.Parse(address).GetAddressBytes().CopyTo(bytes, 4);
        return Convert.ToHexString(bytes);
    }

    /// <summary>The words that a program was started with.</summary>
    public static string[] Arguments(SimulatedProgram program) =>
        [program.Name, .. program.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The title of a process in hex: its words with a zero between them, cut.</summary>
    public static string Title(SimulatedProgram program)
    {
        byte[] title = Encoding.UTF8.GetBytes(string.Join('\0', Arguments(program)));
        return Convert.ToHexString(title.AsSpan(0, Math.Min(title.Length, TitleBytes)));
    }

    /// <summary>A value as auditd writes it: in quotes, or in hex where it holds what quotes cannot.</summary>
    public static string Value(string text) => text.Any(character => character is < '!' or > '~' or '"')
        ? Convert.ToHexString(Encoding.UTF8.GetBytes(text))
        : $"\"{text}\"";

    /// <summary>The name of a thread: fifteen bytes.</summary>
    public static string ThreadName(SimulatedProgram program) => program.Name[..Math.Min(15, program.Name.Length)];

    /// <summary>The number of a user.</summary>
    public static string UserId(string user) => user switch
    {
        "root" => "0",
        "www-data" => "33",
        "_apt" => "42",
        "postgres" => "113",
        "telegraf" => "114",
        "_chrony" => "115",
        "systemd-resolve" => "991",
        "builder" => "998",
        _ => "1000",
    };

    /// <summary>What connecting returns: nothing, or that it is under way.</summary>
    public static (string Success, int Exit) Result(Connected connected) =>
        connected.Process.Program.IsAsynchronous && connected.Flow.Destination.Transport == "tcp" ? ("no", -115) : ("yes", 0);

    /// <summary>A number.</summary>
    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}

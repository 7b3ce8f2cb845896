using System.Globalization;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Linux;

/// <summary>Linux audit as auditd writes it, with the host's name before each record, as a collector of many hosts needs it.</summary>
/// <remarks>
/// Rules that log execve, connect to internet addresses whether it succeeds or not, and reads of crypto libraries. No end of event:
/// auditd writes none to its log.
/// </remarks>
internal sealed class AuditFile(Stream stream) : HostFile(stream)
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(false)) { NewLine = "\n" };
    private readonly Dictionary<string, long> _serials = [];

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        long serial = _serials.GetValueOrDefault(host.Name, 1_000 + (host.Number * 97));
        foreach (HostEvent happened in events)
        {
            serial++;
            string stamp = $"msg=audit({EventTimes.EpochMilliseconds(happened.Time)}:{AuditValues.Whole(serial)}):";
            switch (happened)
            {
                case ProcessStarted start:
                    Start(host, stamp, start);
                    break;
                case LibraryLoaded load:
                    Line(host, "SYSCALL", stamp,
                        Call(load.Process, AuditValues.OpenAt, "yes", 3, "a0=ffffff9c a1=7f3d8a30 a2=80000 a3=0", 1, "crypto"));
                    Line(host, "CWD", stamp, "cwd=\"/\"");
                    Line(host, "PATH", stamp, Path(0, load.Path, "0100644"));
                    break;
                case Connected { IsInbound: false } connected:
                    (string success, int exit) = AuditValues.Result(connected);
                    Line(host, "SYSCALL", stamp,
                        Call(connected.Process, AuditValues.Connect, success, exit, "a0=5 a1=7ffc11d0 a2=10 a3=0", 0, "network"));
                    Line(host, "SOCKADDR", stamp,
                        $"saddr={AuditValues.SocketAddress(connected.Flow.Destination.Address, connected.Flow.Destination.Port)}");
                    Line(host, "PROCTITLE", stamp, $"proctitle={AuditValues.Title(connected.Process.Program)}");
                    break;
                case SignedOn sign:
                    Line(
                        host, "USER_LOGIN", stamp,
                        $"pid={AuditValues.Whole(sign.Process.Pid)} uid=0 auid=1000 ses=12 msg='op=login id=1000 exe=\"/usr/sbin/sshd\" "
                        + $"hostname={sign.Peer} addr={sign.Peer} terminal=/dev/pts/0 res=success'");
                    break;
                default:
                    serial--;
                    break;
            }
        }

        _serials[host.Name] = serial;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _writer.Dispose();
        base.Dispose();
    }

    private void Start(SimulatedHost host, string stamp, ProcessStarted start)
    {
        SimulatedProgram program = start.Process.Program;
        string[] arguments = AuditValues.Arguments(program);
        StringBuilder execve = new();
        execve.Append(CultureInfo.InvariantCulture, $"argc={arguments.Length}");
        for (int index = 0; index < arguments.Length; index++)
        {
            execve.Append(CultureInfo.InvariantCulture, $" a{index}={AuditValues.Value(arguments[index])}");
        }

        Line(
            host, "SYSCALL", stamp,
            Call(start.Process, AuditValues.Execve, "yes", 0, "a0=55d0c8e0 a1=55d0c910 a2=55d0c960 a3=8", 2, "exec"));
        Line(host, "EXECVE", stamp, execve.ToString());
        Line(host, "CWD", stamp, "cwd=\"/\"");
        Line(host, "PATH", stamp, Path(0, program.Image, "0100755"));
        Line(host, "PATH", stamp, Path(1, "/lib64/ld-linux-x86-64.so.2", "0100755"));
        Line(host, "PROCTITLE", stamp, $"proctitle={AuditValues.Title(program)}");
    }

    private static string Call(SimulatedProcess process, int number, string success, int exit, string arguments, int items, string key)
    {
        string user = AuditValues.UserId(process.User);
        string ids = $"auid=4294967295 uid={user} gid={user} euid={user} suid={user} fsuid={user} egid={user} sgid={user} fsgid={user}";
        string name = $"comm={AuditValues.Value(AuditValues.ThreadName(process.Program))} exe={AuditValues.Value(process.Program.Image)}";
        string call = string.Create(
            CultureInfo.InvariantCulture,
            $"syscall={number} success={success} exit={exit} {arguments} items={items} ppid={process.ParentPid} pid={process.Pid}");
        return $"arch=c000003e {call} {ids} tty=(none) ses=4294967295 {name} key=\"{key}\"";
    }

    private static string Path(int item, string path, string mode) =>
        $"item={AuditValues.Whole(item)} name={AuditValues.Value(path)} inode=131072 dev=08:01 mode={mode} "
        + "ouid=0 ogid=0 rdev=00:00 nametype=NORMAL";

    private void Line(SimulatedHost host, string type, string stamp, string fields) =>
        _writer.WriteLine($"node={host.Fqdn} type={type} {stamp} {fields}");
}

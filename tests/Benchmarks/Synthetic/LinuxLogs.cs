using System.Globalization;
using System.Text;

namespace CipherWatch.Benchmarks.Synthetic;

/// <summary>Logs of text lines as busy hosts write them: nine in ten lines are of no use.</summary>
internal static class LinuxLogs
{
    private const int Records = 20_000;

    /// <summary>Reads, opens and connects.</summary>
    /// <param name="syslogHead">What stands before each record: nothing in auditd's own log.</param>
    public static byte[] Audit(string syslogHead)
    {
        StringBuilder text = new();
        for (int serial = 1; serial <= Records / 3; serial++)
        {
            string stamp = string.Create(CultureInfo.InvariantCulture, $"msg=audit({1767225600 + (serial / 100)}.{serial % 1000:D3}:{serial}):");
            (int call, string arguments) = (serial % 30) switch
            {
                0 => (42, "success=no exit=-115 a0=5 a1=7ffd a2=10 a3=0"),
                < 10 => (257, "success=yes exit=3 a0=ffffff9c a1=7ff9 a2=80000 a3=0"),
                _ => (0, "success=yes exit=4096 a0=3 a1=561d a2=1000 a3=7ff9"),
            };
            text.Append(syslogHead)
                .Append(CultureInfo.InvariantCulture, $"node=web1 type=SYSCALL {stamp} arch=c000003e syscall={call} {arguments} items=1 ppid=1689 pid={1000 + (serial % 50)} ")
                .Append("auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=(none) ses=705 comm=\"sshd\" exe=\"/usr/sbin/sshd\" key=(null)\n");
            text.Append(syslogHead).Append(call == 42
                ? $"node=web1 type=SOCKADDR {stamp} saddr=020001BBC63364070000000000000000\n"
                : $"node=web1 type=CWD {stamp} cwd=\"/\"\n{syslogHead}node=web1 type=PATH {stamp} item=0 name=\"/etc/login.defs\" inode=99877041 dev=08:02 mode=0100644 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Logins among the lines of a server.</summary>
    public static byte[] Syslog()
    {
        StringBuilder text = new();
        for (int line = 0; line < Records; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Jan  1 00:{line / 60 % 60:D2}:{line % 60:D2} web1 ").Append((line % 20) switch
            {
                0 => $"sshd[{line}]: Accepted publickey for ana from 203.0.113.9 port {40000 + (line % 20000)} ssh2: ED25519 SHA256:abc\n",
                < 10 => $"CRON[{line}]: (root) CMD (touch /var/run/crond.somecheck)\n",
                _ => $"systemd[1]: Started Session {line} of user ana.\n",
            });
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The compact text of macOS' unified log: a connection and its sums among the entries of a desktop.</summary>
    public static byte[] UnifiedLog()
    {
        StringBuilder text = new("Timestamp               Ty Process[PID:TID]\n");
        for (int entry = 0; entry < Records; entry++)
        {
            string stamp = string.Create(CultureInfo.InvariantCulture, $"2026-01-01 00:{entry / 60 % 60:D2}:{entry % 60:D2}.{entry % 1000:D3}");
            int number = entry / 50;
            text.Append(stamp).Append((entry % 50) switch
            {
                0 => $" Df Sample[612:45af] [com.apple.network:connection] [C{number} 11111111-2222-4333-8444-{number:x12} 203.0.113.9:443 tcp, tls, definite] start\n",
                1 => $" Df Sample[612:45af] [com.apple.network:boringssl] nw_protocol_boringssl_signal_connected(724) [C{number}.1:2][0x7fe700001000] TLS connected [version(0x0304) ciphersuite(TLS_AES_128_GCM_SHA256)]\n",
                2 => $" Df Sample[612:45af] [com.apple.network:connection] [C{number} 11111111-2222-4333-8444-{number:x12} 203.0.113.9:443 tcp, tls, definite] cancelled\n"
                    + $"\t[C{number}.1 11111111-2222-4333-8444-555555555501 192.0.2.8:51000<->203.0.113.9:443]\n"
                    + "\tConnected Path: satisfied (Path is satisfied), viable, interface: en0, ipv4, dns\n"
                    + "\tDuration: 6.000s, TCP @0.000s took 0.014s, TLS 1.3 took 0.020s\n"
                    + "\tbytes in/out: 120/48211, packets in/out: 40/61, rtt: 0.014s, retransmitted bytes: 0, out-of-order bytes: 0\n",
                < 20 => $" I  WindowServer[188:7d{entry % 97:x}] [com.apple.SkyLight:default] SetFrontProcess: changing front process, asn 0x0-0x{entry:x}\n",
                < 35 => $" Df kernel[0:{entry:x}] (AppleSMC) state change of a sensor: {entry}\n",
                _ => $" Db mds_stores[412:{entry % 89:x}] [com.apple.spotlight:index] ##### [SIStoreDirectory {entry}] sync: flushing of the index is done\n",
            });
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

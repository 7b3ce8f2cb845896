using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>The benign Linux programs of the fleet, with the libraries that Debian 12's map.</summary>
internal static class SimulatedLinux
{
    /// <summary>Where Debian keeps libraries.</summary>
    public const string Libraries = "/usr/lib/x86_64-linux-gnu";

    public const string Python = "/usr/bin/python3.11";

    private const string Crypto = $"{Libraries}/libcrypto.so.3";
    private const string Ssl = $"{Libraries}/libssl.so.3";
    private const string Gcrypt = $"{Libraries}/libgcrypt.so.20";
    private const string GnuTls = $"{Libraries}/libgnutls.so.30";
    private const string Nettle = $"{Libraries}/libnettle.so.8";

    private static readonly string[] OpenSsl = [Ssl, Crypto];

    public static readonly SimulatedProgram Systemd = new("/usr/lib/systemd/systemd", "--system", null, [Crypto], "service");

    public static readonly SimulatedProgram Cron = new("/usr/sbin/cron", "-f", null, [], "cron");

    public static readonly SimulatedProgram CronShell = new("/usr/bin/dash", "-c /usr/local/bin/collect", null, [], "cron");

    public static readonly SimulatedProgram RunParts = new("/usr/bin/run-parts", "--report /etc/cron.hourly", null, [], "cron");

    /// <summary>An in-house check: hashlib maps libcrypto and no libssl, and it reports over plain HTTP.</summary>
    public static readonly SimulatedProgram Check = new(Python, "/usr/local/lib/checks/inventory.py", null, [Crypto], "cron");

    public static readonly SimulatedProgram Resolved = new(
        "/usr/lib/systemd/systemd-resolved", string.Empty, null, [Gcrypt, Crypto], "dns")
    { IsAsynchronous = true };

    public static readonly SimulatedProgram Chrony = new("/usr/sbin/chronyd", "-F 1", null, [GnuTls, Nettle], "ntp");

    public static readonly SimulatedProgram Rsyslog = new("/usr/sbin/rsyslogd", "-n -iNONE", null, [], "syslog");

    public static readonly SimulatedProgram Sshd = new("/usr/sbin/sshd", "-D", null, [Crypto], "ssh");

    public static readonly SimulatedProgram AptHttp = new(
        "/usr/lib/apt/methods/http", string.Empty, null, [GnuTls, Gcrypt], "package-manager")
    { IsAsynchronous = true };

    public static readonly SimulatedProgram Unattended = new(Python, "/usr/bin/unattended-upgrade", null, OpenSsl, "package-manager");

    public static readonly SimulatedProgram Telegraf = new(
        "/usr/bin/telegraf", "-config /etc/telegraf/telegraf.conf", null, [], "metrics")
    { IsAsynchronous = true };

    public static readonly SimulatedProgram Filebeat = new(
        "/usr/share/filebeat/bin/filebeat", "-c /etc/filebeat/filebeat.yml", null, [], "log-shipper")
    { IsAsynchronous = true };

    public static readonly SimulatedProgram Restic = new("/usr/bin/restic", "backup /srv", null, [], "backup") { IsAsynchronous = true };

    public static readonly SimulatedProgram Bareos = new("/usr/sbin/bareos-fd", "-f", null, OpenSsl, "backup");

    public static readonly SimulatedProgram Certbot = new(Python, "/usr/bin/certbot -q renew", null, OpenSsl, "updater");

    public static readonly SimulatedProgram Curl = new(
        "/usr/bin/curl", "-fsS https://s3.cloud.example/health", null, [.. OpenSsl, Gcrypt], "tool")
    { IsAsynchronous = true };

    public static readonly SimulatedProgram Php = new("/usr/sbin/php-fpm8.2", "--nodaemonize", null, OpenSsl, "web");

    public static readonly SimulatedProgram Postgres = new(
        "/usr/lib/postgresql/15/bin/postgres", "-D /var/lib/postgresql/15/main", null, OpenSsl, "database");

    public static readonly SimulatedProgram Docker = new("/usr/bin/dockerd", "-H fd://", null, [], "container") { IsAsynchronous = true };

    public static readonly SimulatedProgram Git = new("/usr/bin/git", "fetch origin", null, [], "developer");

    public static readonly SimulatedProgram GitHttps = new(
        "/usr/lib/git-core/git-remote-https", "origin", null, [.. OpenSsl, GnuTls], "developer")
    { IsAsynchronous = true };

    public static readonly SimulatedProgram Ssh = new("/usr/bin/ssh", "-p 8080 files.partner.example", null, [Crypto], "ssh");

    public static readonly SimulatedProgram Scp = new("/usr/bin/scp", "-P 8080 report.csv files.partner.example:", null, [], "ssh");

    public static readonly SimulatedProgram OpenVpn = new(
        "/usr/sbin/openvpn", "--config /etc/openvpn/client/corp.conf", null, OpenSsl, "vpn");

    public static readonly SimulatedProgram Firefox = new(
        "/usr/lib/firefox-esr/firefox-esr", string.Empty, null, ["/usr/lib/firefox-esr/libnss3.so"], "browser")
    { IsAsynchronous = true };

    public static readonly SimulatedProgram Slack = new(
        "/usr/lib/slack/slack", string.Empty, null, [], "messenger")
    { IsAsynchronous = true };

    public static readonly SimulatedProgram Messenger = new(
        "/usr/bin/telegram-desktop", "-autostart", null, [Crypto, Ssl], "messenger")
    { IsAsynchronous = true };

    public static readonly SimulatedProgram Bash = new("/usr/bin/bash", "-i", null, [], "shell");

    /// <summary>
    /// Short programs that scripts and people start, and that do not connect. Of these ps maps libgcrypt, with libsystemd.
    /// </summary>
    public static readonly SimulatedProgram[] Short =
    [
        new("/usr/bin/ps", "aux", null, [Gcrypt], "tool"), new("/usr/bin/top", "-b -n 1", null, [Gcrypt], "tool"),
        new("/usr/bin/grep", "-c processor /proc/cpuinfo", null, [], "tool"),
        new("/usr/bin/cat", "/proc/loadavg", null, [], "tool"), new("/usr/bin/df", "-P", null, [], "tool"),
        new("/usr/bin/find", "/var/lib/php/sessions -type f", null, [], "tool"),
        new("/usr/bin/systemctl", "is-active nginx", null, [Crypto, Gcrypt], "tool"),
        new("/usr/sbin/logrotate", "/etc/logrotate.conf", null, [], "tool"),
        new("/usr/bin/sed", "-n 1p", null, [], "tool"), new("/usr/bin/awk", "{print $1}", null, [], "tool"),
        new("/usr/bin/date", "+%s", null, [], "tool"),
    ];
}

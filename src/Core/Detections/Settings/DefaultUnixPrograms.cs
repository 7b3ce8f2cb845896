using System.Collections.Immutable;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Programs of Linux and macOS that are expected to use symmetric cryptography as shipped.</summary>
/// <remarks>
/// On macOS by who signed them, never by name: the signer of a record is <c>team id/signing id</c>, of what belongs to the system
/// <c>Apple/signing id</c>. Team ids: those with network traffic of their own in Chainguard's osquery-defense-kit (facts, not text).
/// </remarks>
public static class DefaultUnixPrograms
{
    /// <summary>Browsers, mail, VPN and backup programs, agents, and what macOS itself brings.</summary>
    public static readonly ImmutableArray<ProcessPattern> Allowed =
    [
        .. At(
            "/usr/lib/firefox*/firefox*", "/usr/lib/chromium*/chrom*", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge",
            "/opt/brave.com/*", "/usr/lib/thunderbird*/thunderbird*", "/snap/firefox/*", "/snap/chromium/*", "/snap/thunderbird/*",
            "/opt/zoom/*", "/usr/lib/slack/*", "/usr/share/discord/*", "/opt/Signal/*", "/usr/bin/telegram-desktop", "/opt/spotify/*",
            "/usr/sbin/openvpn", "/usr/bin/openvpn", "/usr/sbin/tailscaled", "/usr/bin/tailscaled", "/usr/sbin/charon*",
            "/usr/lib/ipsec/*", "/usr/libexec/ipsec/*", "/usr/lib/strongswan/*", "/usr/bin/wireguard-go", "/usr/sbin/zerotier-one",
            "/usr/bin/syncthing", "/usr/bin/transmission-*", "/usr/bin/qbittorrent*", "/usr/bin/restic", "/usr/bin/rclone",
            "/usr/bin/rsync", "/opt/CrowdStrike/*", "/opt/Elastic/Agent/*", "/opt/datadog-agent/*", "/opt/microsoft/*",
            "/opt/splunkforwarder/bin/splunkd", "/usr/bin/fluent-bit", "/opt/fluent-bit/bin/*", "/opt/veeam/*"),

        // What macOS itself brings, in folders that it seals. Its interpreters and network tools do what they are told: not meant.
        .. At(
            "/System/*", "/usr/libexec/nsurlsessiond", "/usr/libexec/trustd", "/usr/libexec/syspolicyd", "/usr/libexec/rapportd",
            "/usr/libexec/mobileassetd", "/usr/libexec/timed", "/usr/libexec/nehelper", "/usr/sbin/mDNSResponder"),
        .. By("Apple", "/usr/libexec/*", "/usr/sbin/*", "/Applications/*", "/Library/Apple/*"),

        .. Of(
            "EQHXZ8M8AV", "UBF8T346G9", "BQR82RBBHL", "BJ4HAAB9B3", "9BNSXJN65R", "2ZEFAR8TH3", "2FNC3A47ZF", "W5364U7YZB", "2BUA8C4S2C",
            "JQ525L2MZD", "VEKTX9H2N7", "KL8N8XSYF4", "MXGJJ98X76", "DE8Y96K9QP", "JKFCB4CN7C", "2BT3HPN62Z", "X98UFR7HA3", "S6N382Y83G",
            "MLZF7K7B5R", "43AQ936H96"),
    ];

    /// <summary>
    /// Package-owned Linux services with the distribution's own libraries, wherever it keeps them. Interpreters and shells are never
    /// exempt by a library.
    /// </summary>
    public static readonly ImmutableArray<TrustedLibrary> TrustedLibraries =
    [
        .. Pairs(
            [
                "/usr/sbin/sshd", "/usr/bin/ssh", "/usr/bin/scp", "/usr/bin/sftp", "/usr/lib/openssh/*", "/usr/lib/ssh/*",
                "/usr/libexec/*", "/usr/lib/systemd/*", "/lib/systemd/*", "/usr/bin/systemd*", "/usr/sbin/nginx", "/usr/sbin/apache2",
                "/usr/sbin/httpd", "/usr/sbin/rsyslogd", "/usr/sbin/syslog-ng", "/usr/sbin/chronyd", "/usr/sbin/ntpd", "/usr/sbin/unbound",
                "/usr/sbin/named", "/usr/bin/curl", "/usr/bin/wget", "/usr/bin/git", "/usr/lib/git-core/*", "/usr/lib/apt/methods/*",
                "/usr/bin/dpkg", "/usr/bin/rpm", "/usr/bin/zypper", "/usr/bin/pacman", "/sbin/apk", "/usr/bin/rpm-ostree",
                "/usr/sbin/postfix", "/usr/lib/postfix/*", "/usr/sbin/exim4", "/usr/sbin/dovecot", "/usr/lib/dovecot/*",
                "/usr/sbin/openvpn", "/usr/sbin/charon*", "/usr/lib/ipsec/*", "/usr/sbin/NetworkManager", "/usr/bin/NetworkManager",
                "/usr/sbin/ModemManager",
                "/usr/lib/fwupd/fwupd", "/usr/sbin/cupsd", "/usr/sbin/sssd*", "/usr/lib/sssd/*", "/usr/sbin/winbindd", "/usr/sbin/smbd",
                "/usr/bin/snap", "/usr/lib/snapd/*", "/usr/sbin/mysqld", "/usr/lib/postgresql/*", "/usr/bin/redis-server",
                "/usr/sbin/haproxy", "/usr/sbin/libvirtd", "/usr/sbin/virt*", "/usr/bin/fluent-bit", "/opt/fluent-bit/bin/*",
                "/opt/microsoft/*", "/opt/Elastic/Agent/*", "/opt/datadog-agent/*", "/opt/CrowdStrike/*",
                "/opt/splunkforwarder/bin/splunkd",
            ],
            [
                // Debian and its kin; Red Hat and SUSE; Arch; Alpine; Nix.
                "/usr/lib/*/lib*.so*", "/lib/*/lib*.so*", "/usr/lib64/lib*.so*", "/lib64/lib*.so*", "/usr/lib/lib*.so*", "/lib/lib*.so*",
                "/nix/store/*/lib/lib*.so*",
            ]),
        .. Pairs(
            ["/nix/store/*/bin/ssh", "/nix/store/*/bin/sshd", "/nix/store/*/bin/curl", "/nix/store/*/bin/git"],
            ["/nix/store/*/lib/lib*.so*"]),

        // The kernel's ciphers, by those that are there to use them.
        .. Pairs(
            ["/usr/sbin/cryptsetup", "/usr/lib/systemd/*", "/usr/libexec/iwd", "/usr/lib/iwd/*", "/usr/lib/bluetooth/bluetoothd",
             "/usr/libexec/bluetooth/bluetoothd"],
            ["af_alg"]),
    ];

    private static IEnumerable<ProcessPattern> At(params string[] images) =>
        images.Select(image => new ProcessPattern(new(image), null, null));

    private static IEnumerable<ProcessPattern> By(string signer, params string[] images) =>
        images.Select(image => new ProcessPattern(new(image), new Glob($"{signer}/*"), null));

    private static IEnumerable<ProcessPattern> Of(params string[] teams) => teams.SelectMany(team => By(team, "/*"));

    private static IEnumerable<TrustedLibrary> Pairs(string[] processes, string[] libraries) =>
        from process in processes
        from library in libraries
        select new TrustedLibrary(new Glob(process), new Glob(library));
}

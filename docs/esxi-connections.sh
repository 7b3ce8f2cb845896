#!/bin/sh
# Writes the IP connections of an ESXi host as JSON, one object a row, with the host's name and the time of the listing: what
# "esxcli network ip connection list" itself leaves out. It runs on the host, whose shell and awk are busybox's.
#
#   esxi-connections.sh            to standard output, once
#   esxi-connections.sh --log      to the host's syslog, which vmsyslogd forwards to its loghost
#
# Once a minute from the host's own cron:
#   echo '* * * * * /vmfs/volumes/DATASTORE/esxi-connections.sh --log' >> /var/spool/cron/crontabs/root
#   kill "$(cat /var/run/crond.pid)"; crond

set -eu

host=$(hostname -f 2>/dev/null || hostname)
time=$(date -u +%Y-%m-%dT%H:%M:%SZ)

rows() {
    esxcli --formatter=csv network ip connection list | awk -F, -v host="$host" -v time="$time" '
        # JSON: a backslash before what needs one; control characters do not come up in addresses and names.
        function quoted(text) {
            gsub(/\\/, "\\\\", text)
            gsub(/"/, "\\\"", text)
            return "\"" text "\""
        }
        function bare(text) {
            gsub(/^"|"$|\r/, "", text)
            return text
        }
        NR == 1 { for (i = 1; i <= NF; i++) name[i] = bare($i); next }
        {
            row = "{\"host\":" quoted(host) ",\"time\":" quoted(time)
            for (i = 1; i <= NF; i++) if (name[i] != "") row = row "," quoted(name[i]) ":" quoted(bare($i))
            print row "}"
        }'
}

case "${1:-}" in
    '') rows ;;
    --log) rows | while IFS= read -r row; do logger -t cipherwatch-esxcli "$row"; done ;;
    *) echo "usage: $0 [--log]" >&2; exit 2 ;;
esac

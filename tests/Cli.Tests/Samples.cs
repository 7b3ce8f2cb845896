using System.Globalization;
using System.Text;

namespace CipherWatch.Cli.Tests;

/// <summary>Telemetry to read.</summary>
internal static class Samples
{
    /// <summary>Sysmon events as NXLog JSON, one a line: connections of one process, each a second after the last.</summary>
    public static byte[] Connections(int count, int first = 0)
    {
        StringBuilder lines = new();
        for (int number = first; number < first + count; number++)
        {
            string time = new DateTime(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc).AddSeconds(number).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            lines.Append(CultureInfo.InvariantCulture, $$"""
                {"EventTime":"{{time}}","Hostname":"ws-01.lab.example","SourceName":"Microsoft-Windows-Sysmon","Channel":"Microsoft-Windows-Sysmon/Operational","EventID":3,"UtcTime":"{{time}}.000","ProcessGuid":"{11111111-2222-3333-4444-555555555555}","ProcessId":"4120","Image":"C:\\Program Files\\App\\app.exe","User":"LAB\\ada","Protocol":"tcp","Initiated":"true","SourceIp":"10.1.0.5","SourcePort":"{{50000 + number}}","DestinationIp":"198.51.100.9","DestinationPort":"443"}
                """).Append('\n');
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}

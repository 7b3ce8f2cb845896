using System.Text;
using System.Text.Json;

namespace CipherWatch.Benchmarks.Synthetic;

/// <summary>Logs of macOS and ESXi hosts: nearly all of it says nothing of encrypted channels, one record in twenty does.</summary>
internal static class HostDay
{
    private const int Telling = 20;

    private static readonly string[] Idle =
    [
        "nw_endpoint_flow_setup_socket [C4.1 192.0.2.7:8000 in_progress socket-flow (satisfied (Path is satisfied), viable, interface: en0)]",
        "Received state update for 5428 (app<application.com.example.assistant.54170280(501)>, running-active-NotVisible",
        "[0x1144ab600] activating connection: mach=true listener=false peer=false name=com.example.SystemConfiguration",
        "Task <11111111-2222-4333-8444-555555555555>.<2> resuming, timeouts(60.0, 604800.0) qos(0x19) voucher((null))",
        "query: <private> answered from cache",
    ];

    /// <summary>Every format: its name, whether it is JSON, and what writes so many records of it.</summary>
    public static readonly (string Name, bool IsJson, Func<int, byte[]> Write)[] All =
    [
        ("unified log ndjson", true, Lines(Ndjson)),
        ("unified log default", false, Lines(Default)),
        ("unified log compact", false, Lines(Compact)),
        ("eslogger", true, Lines(Exec)),
        ("esxi 7 syslog", false, Lines(Esxi)),
        ("esxi 8 native", false, Lines(EsxiNative)),
    ];

    private static Func<int, byte[]> Lines(Func<int, string> line) => records =>
    {
        StringBuilder text = new();
        for (int index = 0; index < records; index++)
        {
            text.Append(line(index)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    };

    private static string Message(int index) => index % Telling == 0
        ? FormattableString.Invariant($"[C{index} 11111111-2222-4333-8444-{index:D12} 192.0.2.{index % 250}:8443 tcp, url hash: 5fe282c6, tls, definite, attribution: developer] start")
        : Idle[index % Idle.Length];

    private static string Clock(int index) => FormattableString.Invariant($"2025-06-24 14:{index / 60 % 60:D2}:{index % 60:D2}.{index % 1000:D3}");

    private static string Ndjson(int index) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["traceID"] = 41234567890 + index,
        ["eventMessage"] = Message(index),
        ["eventType"] = "logEvent",
        ["source"] = null,
        ["formatString"] = "%{public}s %{public}s",
        ["activityIdentifier"] = 0,
        ["subsystem"] = "com.apple.network",
        ["category"] = "connection",
        ["threadID"] = 1234567 + index,
        ["senderImageUUID"] = "00000000-0000-0000-0000-000000000001",
        ["backtrace"] = new { frames = new[] { new { imageOffset = 123456, imageUUID = "00000000-0000-0000-0000-000000000001" } } },
        ["bootUUID"] = "00000000-0000-0000-0000-000000000009",
        ["processImagePath"] = "/Applications/Sample.app/Contents/MacOS/Sample",
        ["timestamp"] = Clock(index) + "682+0300",
        ["senderImagePath"] = "/System/Library/Frameworks/Network.framework/Versions/A/Network",
        ["machTimestamp"] = 123456789012 + index,
        ["messageType"] = "Default",
        ["processImageUUID"] = "00000000-0000-0000-0000-000000000002",
        ["processID"] = 612,
        ["senderProgramCounter"] = 123,
        ["parentActivityIdentifier"] = 0,
        ["timezoneName"] = string.Empty,
    });

    private static string Default(int index) =>
        $"{Clock(index)}682+0300 0x78e2     Default     0x0                  612    0    Sample: (Network) [com.apple.network:connection] {Message(index)}";

    private static string Compact(int index) => $"{Clock(index)} Df Sample[612:4505afd] [com.apple.network:connection] {Message(index)}";

    private static string Exec(int index) => JsonSerializer.Serialize(new
    {
        schema_version = 1,
        version = 9,
        event_type = index % Telling == 0 ? 9 : 10,
        mach_time = 655266102521 + index,
        time = "2026-02-07T13:21:35.880814738Z",
        seq_num = index,
        process = new { ppid = 1, is_platform_binary = true, signing_id = "com.apple.zsh", executable = new { path = "/bin/zsh", stat = new { st_size = 1, st_mode = 33133 } }, audit_token = new { pid = 58916, euid = 501, pidversion = 87724 } },
        @event = index % Telling == 0
            ? new { exec = new { args = new[] { "./updater", "-v" }, target = new { ppid = 58916, is_platform_binary = false, signing_id = "updater", executable = new { path = "/Users/Shared/updater" }, audit_token = new { pid = 1000 + index, euid = 501 }, codesigning_flags = 570556931 } } }
            : (object)new { open = new { fflag = 1, file = new { path = "/private/var/db/x", stat = new { st_size = 1, st_mode = 33133 } } } },
    });

    private static string EsxiText(int index) => index % Telling == 0
        ? FormattableString.Invariant($"Failed to connect; <io_obj p:0x00007f52, h:8, <TCP '10.20.0.5 : {1024 + (index % 60000)}'>, <TCP '203.0.113.{index % 250} : 443'>>, e: 111(Connection refused)")
        : "[VpxLRO] -- BEGIN lro-846063 -- SessionManager -- vim.SessionManager.sessionIsActive -- 528e6e0c-246d-58b5-3234-278c6e0c5d0d";

    private static string Iso(int index) => FormattableString.Invariant($"2022-11-04T15:{index / 60 % 60:D2}:{index % 60:D2}.{index % 1000:D3}Z");

    private static string Esxi(int index) => $"<166>{Iso(index)} esx01.lab.example Hostd: info hostd[2099656] [Originator@6876 sub=IO.Connection opID=7e1280cf] {EsxiText(index)}";

    private static string EsxiNative(int index) => $"{Iso(index)} In(166) Hostd[2098914]: [Originator@6876 sub=IO.Connection opID=7e1280cf] {EsxiText(index)}";
}

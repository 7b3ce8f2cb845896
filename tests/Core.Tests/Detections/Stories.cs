using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Tests.Detections;

/// <summary>Stories of one host, most of them in pairs that differ in one thing: what <see cref="JudgedStoriesTests"/> has on record.</summary>
internal static class Stories
{
    private const string Download = @"C:\Users\ana\Downloads\update.exe";
    private const string Notepad = @"C:\Windows\System32\notepad.exe";
    private const string Tool = @"C:\Program Files\Tool\tool.exe";

    /// <summary>The stories by name.</summary>
    public static IEnumerable<(string Name, Scenario Scenario, DetectionSettings Settings)> All =>
        Windows().Concat(Times()).Concat(Unix()).Concat(Network()).Select(story => (story.Name, story.Scenario, DetectionSettings.Default))
            .Concat(Settings());

    private static PayloadScore Random => Scenario.Random();

    private static PayloadScore Xor => Random with { Verdict = PayloadVerdict.Xor, Score = 5, Z = -4, XorKeyLength = 8 };

    private static PayloadScore Ecb => Random with { EcbRepeats = 6 };

    private static IEnumerable<(string Name, Scenario Scenario)> Windows()
    {
        foreach (string image in (string[])[Download, Notepad, Tool, @"C:\Windows\System32\rundll32.exe", @"C:\Windows\System32\svchost.exe"])
        {
            foreach (bool signed in (bool[])[true, false])
            {
                yield return ($"{image} signed {signed}", Of(image).Started().OwnImage(signed, "Someone").Loads("bcryptprimitives.dll").Connects());
            }
        }

        foreach (string parent in (string[])["winword.exe", "explorer.exe", "wmiprvse.exe"])
        {
            yield return ($"started by {parent}", Of(Download).Started($@"C:\Windows\{parent}").OwnImage(false).Loads("rsaenh.dll").Connects());
            yield return ($"not odd, started by {parent}", Of(Tool).Started($@"C:\Windows\{parent}").OwnImage(true, "A").Loads("rsaenh.dll").Connects());
        }

        foreach (string library in (string[])["clr.dll", "system.management.automation.ni.dll", "schannel.dll", "kernel32.dll"])
        {
            yield return ($"notepad with {library}", Of(Notepad).Started().OwnImage(true, "A").Loads("bcrypt.dll").Loads(library, 2).Connects());
            yield return ($"powershell with {library}", Of(@"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe").Started().Loads("bcrypt.dll")
                .Loads(library, 2).Connects());
            yield return ($"tool with {library}", Of(Tool).Started().Loads("bcrypt.dll").Loads(library, 2).Connects());
        }

        foreach (string source in (string[])[@"C:\Windows\System32\csrss.exe", @"C:\Windows\System32\wuauclt.exe", @"C:\Users\ana\x.exe", Download])
        {
            yield return ($"thread from {source}", Of(Download).Started().OwnImage(true, "A").Loads("bcrypt.dll").Connects().Injected(source));
            yield return ($"svchost, thread from {source}", Of(@"C:\Windows\System32\svchost.exe").Started().OwnImage(true, "Microsoft Windows Publisher")
                .Loads("bcrypt.dll").Connects().Payload(Random).Injected(source));
        }

        yield return ("loads never recorded", Of(Download).Connects(times: 12));
        yield return ("no cryptography", Of(Download).Started().OwnImage(false).Loads("kernel32.dll").Connects(times: 12));
    }

    private static IEnumerable<(string Name, Scenario Scenario)> Times()
    {
        foreach (double gap in (double[])[0, 600, 600.001, 3000])
        {
            yield return ($"load {gap} s before", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll", 10).Connects(seconds: 10 + gap));
            yield return ($"load {gap} s after", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll", 10 + gap).Connects(seconds: 10));
        }

        foreach (int times in (int[])[1, 7, 8, 9, 40])
        {
            yield return ($"{times} connections", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll").Connects(times: times));
            yield return ($"{times} connections, not odd", Of(Tool).Started().OwnImage(true, "A").Loads("bcrypt.dll").Connects(times: times));
        }

        foreach (int hosts in (int[])[2, 3])
        {
            Scenario scenario = Of(Download).Started().OwnImage(false).Loads("bcrypt.dll");
            for (int host = 1; host <= hosts; host++)
            {
                scenario.Connects($"203.0.113.{host}", seconds: 30 - host, local: (ushort)(50_000 + (host * 100)), times: 5);
            }

            yield return ($"{hosts} hosts", scenario);
        }

        yield return ("over midnight", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll").Connects(seconds: 43_000, times: 6));
        yield return ("after its end", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll").Connects(seconds: 900).Ended(300));
        yield return ("two libraries", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll", 50).Loads("rsaenh.dll", 4).Connects(seconds: 30));
    }

    private static IEnumerable<(string Name, Scenario Scenario)> Unix()
    {
        foreach (string image in (string[])
            [
                "/memfd:x (deleted)", "/tmp/x (deleted)", "/tmp/x", "/home/ana/.cache/x/x", "/home/ana/go/bin/tool", "/usr/bin/bash", "/usr/bin/socat",
                "/usr/local/bin/tool", "/opt/tool/tool", "/dev/shm/sshd", "/usr/sbin/sshd", "/tmp/[kworker]",
            ])
        {
            Scenario Linux() => new Scenario(image, TelemetryPlatform.Linux, image).Started("/usr/bin/dash");
            yield return ($"linux {image}", Linux().Loads("/usr/lib/x86_64-linux-gnu/libcrypto.so.3").Connects(times: 9));
            yield return ($"linux {image} with a cipher and TLS", Linux().Loads("/opt/venv/Crypto/Cipher/_raw_aes.abi3.so").Loads("/usr/lib/libssl.so.3").Connects());
        }

        foreach (string command in (string[])["python3 /tmp/x.py", "python3 -c import", "python3 -m http.server", "python3 /usr/share/x.py", "python3", "python3 /home/ana/x.py"])
        {
            yield return (command, new Scenario("/usr/bin/python3.11", TelemetryPlatform.Linux, command).Started("/usr/bin/dash")
                .Loads("/usr/lib/x86_64-linux-gnu/libcrypto.so.3").Connects());
            yield return ($"mac {command}", new Scenario("/opt/homebrew/bin/python3.11", TelemetryPlatform.MacOs, command).StartedSigned(false)
                .Connects(handshake: Handshake.None, sent: 900, received: 400));
        }

        foreach (string image in (string[])["/Users/Shared/.x/agent", "/Users/kim/Downloads/x", "/Applications/T.app/Contents/MacOS/T", "/bin/zsh", "/opt/homebrew/bin/x"])
        {
            foreach (bool signed in (bool[])[true, false])
            {
                yield return ($"mac {image} signed {signed}", new Scenario(image, TelemetryPlatform.MacOs, image).StartedSigned(signed, signed ? "AAAAAAAAAA/x" : null)
                    .Connects(port: 8444, handshake: Handshake.None, sent: 900_000, received: 900, times: 2));
            }
        }

        foreach (double seconds in (double[])[60, 60.001])
        {
            yield return ($"mac, first connection after {seconds} s", new Scenario("/Users/Shared/x", TelemetryPlatform.MacOs, "/Users/Shared/x").StartedSigned(false)
                .Connects(seconds: seconds));
        }

        foreach (string world in (string[])["python", "hostd-worker", "vpxa", "ntpd", "vmx-vcpu-0:web", "busybox"])
        {
            foreach (string ip in (string[])["203.0.113.9", "10.9.9.9"])
            {
                yield return ($"esxi {world} to {ip}", new Scenario(world, TelemetryPlatform.Esxi).Started().Connects(ip, 8444));
                yield return ($"esxi {world} to {ip}:902", new Scenario(world, TelemetryPlatform.Esxi).Started().Connects(ip, 902));
            }
        }

        foreach ((long sent, long received) in ((long, long)[])[(3072, 1024), (3071, 1025), (3071, 1024), (90_000, 30_000), (90_000, 30_001), (5_000_000, 0)])
        {
            yield return ($"linux {sent} bytes sent, {received} received", new Scenario("/tmp/x", TelemetryPlatform.Linux, "/tmp/x").Started("/usr/bin/dash")
                .Loads("/usr/lib/libcrypto.so.3").Connects(sent: sent, received: received));
        }
    }

    private static IEnumerable<(string Name, Scenario Scenario)> Network()
    {
        foreach (Handshake handshake in Enum.GetValues<Handshake>())
        {
            foreach ((string name, PayloadScore score) in ((string, PayloadScore)[])[("random", Random), ("xor", Xor), ("ecb", Ecb)])
            {
                yield return ($"{name}, {handshake}", new Scenario().Payload(score, handshake: handshake));
                yield return ($"process, {name}, {handshake}", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll").Connects().Payload(score, handshake: handshake));
            }
        }

        foreach (ushort port in (ushort[])[22, 53, 80, 123, 443, 853, 902, 1194, 3389, 4500, 8444, 51820])
        {
            yield return ($"random on {port}", new Scenario().Payload(Random, port: port));
            yield return ($"xor on {port}, start not seen", new Scenario().Payload(Xor, port: port, handshake: Handshake.Unseen));
            yield return ($"process on {port}", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll").Connects(port: port, times: 3));
        }

        foreach (int flows in (int[])[2, 3])
        {
            Scenario scenario = new();
            for (int flow = 0; flow < flows; flow++)
            {
                scenario.Payload(Random, local: (ushort)(51_000 + flow), seconds: 90 - (flow * 30));
            }

            yield return ($"{flows} random flows", scenario);
        }

        foreach (int bytes in (int[])[64, 255, 256])
        {
            yield return ($"{bytes} random bytes", new Scenario().Payload(Scenario.Random(bytes)));
            yield return ($"twice {bytes} random bytes", new Scenario().Payload(Scenario.Random(bytes)).Payload(Scenario.Random(bytes), local: 50_200, seconds: 9));
        }

        yield return ("infrastructure", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll").Connects(port: 135).Connects(port: 49_152, local: 50_300));
        yield return ("under the dynamic ports", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll").Connects(port: 135).Connects(port: 49_151, local: 50_300));
        yield return ("keys exchanged by the host's record", Of(Download).Started().OwnImage(false).Loads("bcrypt.dll").Connects(handshake: Handshake.Established));
        yield return ("vpn", new Scenario().FlowRecord(Handshake.None, "openvpn", 1000, name: "vpn.example"));
        yield return ("a named server", new Scenario().Payload(Random).FlowRecord(Handshake.None, bytes: 100, name: "c2.example"));
    }

    private static IEnumerable<(string Name, Scenario Scenario, DetectionSettings Settings)> Settings()
    {
        Scenario Beacon() => Of(Download).Started().OwnImage(false, "Someone").Loads("bcrypt.dll").Connects(times: 3).Payload(Random);
        foreach (string json in (string[])
            [
                """{ "AllowedCryptoProcesses": [ "*\\update.exe" ] }""",
                """{ "AllowedCryptoProcesses": [ { "image": "*\\update.exe", "host": "ws1" } ] }""",
                """{ "AllowedCryptoProcesses": [ { "image": "*\\update.exe", "host": "ws2" } ] }""",
                """{ "TimeWindow": "00:00:01" }""",
                """{ "EntropyThreshold": 7.99 }""",
                """{ "EvidenceWeights": { "oddPort": 0, "unsignedImage": 50 } }""",
                """{ "CryptoModules": { "windows": [ { "name": "bcrypt.dll", "weight": 50 } ] } }""",
                """{ "Suppressions": [ { "destination": "203.0.113.9", "reason": "r", "author": "a", "expires": "2026-03-03T00:00:00Z" } ] }""",
                """{ "Suppressions": [ { "destination": "203.0.113.9", "reason": "r", "author": "a", "expires": "2026-03-02T00:00:00Z" } ] }""",
                """{ "Suppressions": [ { "process": "*\\update.exe", "evidence": "oddPort", "reason": "r", "author": "a" } ] }""",
                """{ "Suppressions": [ { "process": "*\\update.exe", "evidence": "payloadXor", "reason": "r", "author": "a" } ] }""",
                """{ "Suppressions": [ { "process": "*\\other.exe", "reason": "r", "author": "a" } ] }""",
            ])
        {
            yield return (json, Beacon(), Scenario.Settings(json));
        }

        yield return ("everything explained", Of(Tool).Started().OwnImage(true, "A").Loads("kernel32.dll").Connects(), DetectionSettings.Default with { ExplainsAll = true });
    }

    private static Scenario Of(string image) => new(image);
}

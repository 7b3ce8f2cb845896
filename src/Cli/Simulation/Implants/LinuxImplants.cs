using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>Implants on Linux.</summary>
internal static class LinuxImplants
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;

    /// <summary>A static program: no library is loaded, and everything is its own.</summary>
    public static void ChaChaLengthPrefix(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(KeyBytes);
        string name = implant.Word(1);
        string image = traits.Pick([$"/dev/shm/.{name}", $"/var/tmp/.{name}/{name}d", $"/tmp/{name}", $"/usr/local/lib/{name}/{name}",
            $"/root/.cache/{name}"]);
        SimulatedProgram program = new(image, string.Empty, null, [], implant.Kind.Name) { IsAsynchronous = traits.OneIn(2) };
        SimulatedProcess process = actor.StartOnce(program, begin, Shell(actor, implant, begin), "root", implant.Label);
        Beacon.Of(traits, (random, length) => Prefixed(key, random, length))
            .Run(actor, process, implant.Server(WireProtocols.Opaque, 443, 8443, 9443, 31_337, 5000), begin, span);
    }

    /// <summary>A script, by the interpreter that everything else is started by too.</summary>
    public static void PythonPycryptodome(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(KeyBytes);
        string packages = traits.Pick([$"{actor.Host.Profile}/.local/lib/python3.11/site-packages", "/usr/lib/python3/dist-packages",
            $"/opt/{implant.Word(2)}/venv/lib/python3.11/site-packages"]);
        string[] modules = ["_raw_ecb", "_raw_cbc", "_raw_ctr", "_raw_aes", "_raw_aesni", "_raw_gcm"];
        string[] libraries = [.. modules[..traits.Between(2, 7)].Select(module => $"{packages}/Crypto/Cipher/{module}.abi3.so")];
        string script = traits.Pick([$"{actor.Host.Profile}/.config/{implant.Word(1)}/main.py", $"/opt/{implant.Word(2)}/agent.py",
            $"/tmp/.{implant.Word(1)}.py"]);
        SimulatedProgram program = new(
            SimulatedLinux.Python, script, null, [$"{SimulatedLinux.Libraries}/libcrypto.so.3", .. libraries], implant.Kind.Name);
        SimulatedProcess process = actor.StartOnce(program, begin, Shell(actor, implant, begin), actor.Host.User, implant.Label);
        Destination server = implant.Server(WireProtocols.Opaque, 443, 8080, 5001, 8008, 2222);
        Beacon.Of(traits, (random, length) => Ciphers.AesCbc(key, random.Bytes(16), Messages.Text(random, length))).Run(
            actor, process, server, begin, span);
    }

    /// <summary>A control: bash with a socket of its own. Nothing is encrypted.</summary>
    public static void PlainShell(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        Destination server = implant.Server(WireProtocols.Opaque, 443, 4444);
        SimulatedProgram program = new("/usr/bin/bash", "-i", null, [], implant.Kind.Name);
        actor.Spread(begin, span, 2, time =>
        {
            SimulatedProcess process = actor.Start(program, time, null, "www-data", implant.Label);
            byte[] typed = WireBytes.Text("id\nuname -a\ncat /etc/passwd\nps aux\nls -la /home\nexit\n");
            byte[] shown = WireBytes.Text(
                $"bash: no job control in this shell\nwww-data@{actor.Host.Name}:/$ id\n{WebExchange.Prose(actor.Random, 60)}\n");
            actor.Connect(
                process, time.AddMilliseconds(90), server, (shown.Length, typed.Length), new(shown, typed), TimeSpan.FromMinutes(9));
            actor.End(process, time.AddMinutes(9));
        });
    }

    private static byte[] Prefixed(byte[] key, SimulationRandom random, int length)
    {
        byte[] nonce = random.Bytes(NonceBytes);
        byte[] body = [.. nonce, .. Ciphers.ChaCha20(key, nonce, Messages.Text(random, length))];
        return [.. WireBytes.Long(body.Length), .. body];
    }

    private static SimulatedProcess Shell(Actor actor, Implant implant, DateTimeOffset begin) => actor.StartOnce(
        new("/usr/bin/dash", $"-c /tmp/{implant.Word(6)}.sh", null, [], implant.Kind.Name), begin.AddSeconds(-1), null, actor.Host.User,
            implant.Tool);
}

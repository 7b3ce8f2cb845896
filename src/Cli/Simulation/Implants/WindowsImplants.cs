using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>Implants on one Windows host.</summary>
internal static class WindowsImplants
{
    private const int KeyBytes = 32;

    /// <summary>
    /// What a program maps that brings no TLS and ciphers by the system's library: four, as .NET and PowerShell agents do.
    /// </summary>
    private static readonly string[] OwnCryptography = SimulatedWindows.System32(
        "bcryptprimitives.dll", "bcrypt.dll", "cryptsp.dll", "rsaenh.dll");

    private static readonly string[] Clr = [@"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\clr.dll", .. OwnCryptography];

    private static readonly string[] NoCryptography = SimulatedWindows.System32("bcryptprimitives.dll");

    /// <summary>RC4 over TCP.</summary>
    public static void Rc4Beacon(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(16);
        SimulatedProcess process = actor.Start(Program(implant, OwnCryptography), begin, label: implant.Label);
        Beacon.Of(traits, (random, length) => Ciphers.Rc4(key, Messages.Text(random, length)))
            .Run(actor, process, implant.Server(WireProtocols.Opaque, 4447, 4444, 8443, 443, 8080, 9001, 53_211, 1337), begin, span);
    }

    /// <summary>AES-CBC in the bodies of HTTP: a binary POST, answered by a page that holds the answer as base64.</summary>
    public static void AesHttp(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(KeyBytes);
        Destination server = implant.Server(WireProtocols.OpaqueHttp, 80, 80, 8080, 8000);
        string path = $"/{implant.Word(2)}/{(traits.OneIn(2) ? "submit" : "login")}.php";
        SimulatedProcess process = actor.Start(Program(implant, Clr), begin, label: implant.Label);
        Beacon.Of(traits, (random, length) => Ciphers.AesCbc(key, random.Bytes(16), Messages.Text(random, length))).Run(
            actor, process, server, begin, span, (request, answer) => new(
                WebExchange.Post(server, path, request),
                WebExchange.Answer("text/html",
                    WireBytes.Text($"<html><head><title>OK</title></head><body><!-- {Convert.ToBase64String(answer)} --></body></html>"))));
    }

    /// <summary>AES block by block, with code of its own: structures with many zeros, so that blocks repeat.</summary>
    public static void AesEcb(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(KeyBytes);
        SimulatedProcess process = actor.Start(Program(implant, NoCryptography), begin, label: implant.Label);
        Beacon.Of(traits, (random, length) => Ciphers.AesEcb(key, Messages.Structures(random, length + 256)))
            .Run(actor, process, implant.Server(WireProtocols.Opaque, 7443, 6001, 8888, 2404), begin, span);
    }

    /// <summary>XOR with a key that repeats.</summary>
    public static void Xor(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(traits.Between(4, 17));
        bool isText = traits.OneIn(2);
        SimulatedProcess process = actor.Start(Program(implant, NoCryptography), begin, label: implant.Label);
        Beacon.Of(traits,
            (random, length) => Ciphers.Xor(key, isText ? Messages.Text(random, length + 160) : Messages.Structures(random, length + 256)))
            .Run(actor, process, implant.Server(WireProtocols.Opaque, 443, 8000, 5555, 9999, 8081), begin, span);
    }

    /// <summary>A handful of short messages a day.</summary>
    public static void LowAndSlow(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        byte[] key = implant.Traits().Bytes(KeyBytes);
        Destination server = implant.Server(WireProtocols.Opaque, 443);
        SimulatedProcess process = actor.Start(Program(implant, OwnCryptography), begin, label: implant.Label);
        actor.Spread(begin.AddMinutes(2), span - TimeSpan.FromMinutes(10), 5, time =>
        {
            byte[] request = Ciphers.AesCbc(key, actor.Random.Bytes(16), Messages.Text(actor.Random, actor.Random.Between(40, 200)));
            byte[] answer = Ciphers.AesCbc(key, actor.Random.Bytes(16), Messages.Text(actor.Random, 30));
            actor.Connect(process, time, server, (request.Length, answer.Length), new(request, answer));
        });
    }

    /// <summary>A program starts a svchost of its own and a thread in it, which speaks to the server.</summary>
    public static void InjectedSvchost(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(KeyBytes);
        SimulatedProcess dropper = actor.Start(Program(implant, NoCryptography), begin, label: implant.Tool);
        SimulatedProgram svchost = new(
            @"C:\Windows\System32\svchost.exe", "-k netsvcs", "Microsoft Windows Publisher", NoCryptography, "service");
        SimulatedProcess host = actor.Start(svchost, begin.AddSeconds(2), dropper, label: implant.Label);
        actor.Inject(dropper, begin.AddSeconds(3), host);
        actor.Load(host, begin.AddSeconds(3.2), traits.OneIn(2) ? Clr : OwnCryptography);
        actor.End(dropper, begin.AddSeconds(6));
        Beacon.Of(traits, (random, length) => Ciphers.AesCbc(key, random.Bytes(16), Messages.Text(random, length)))
            .Run(actor, host, implant.Server(WireProtocols.Opaque, 443, 8443, 4443, 50_050), begin.AddSeconds(4), span);
    }

    /// <summary>A control: TLS, by the system's library.</summary>
    public static void TlsBeacon(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        Destination server = implant.Server(WireProtocols.Tls, 443, 8443) with { Name = $"cdn.{implant.Word(3)}.example" };
        SimulatedProcess process = actor.Start(
            Program(implant, [.. OwnCryptography, .. SimulatedWindows.System32("schannel.dll", "ncrypt.dll", "ncryptsslp.dll")]), begin,
                label: implant.Label);
        Beacon.Of(traits, (random, length) => random.Bytes(length)).Run(
            actor, process, server, begin, span, (_, _) => TlsExchange.Speak(actor.Random, server.Name!, isNew: true));
    }

    /// <summary>
    /// The program of an implant: mostly in a folder that its user may write, nine in ten of no signer, one with a stolen
    /// certificate.
    /// </summary>
    public static SimulatedProgram Program(Implant implant, IReadOnlyList<string> libraries)
    {
        SimulationRandom traits = SimulationRandom.Of(implant.Traits().Next(), 5);
        string name = implant.Word(1);
        string profile = implant.Host.Profile;
        string image = traits.Pick<Func<string>>(
        [
            () => $@"{profile}\AppData\Roaming\{name}\{name}.exe", () => $@"{profile}\AppData\Local\Temp\{name}.exe",
            () => $@"{profile}\AppData\Local\{name}\{name}.exe", () => $@"{profile}\Downloads\{name}.exe",
            () => $@"C:\ProgramData\{name}\{name}.exe",
            () => $@"C:\Users\Public\{name}.exe", () => $@"C:\Program Files\{name}\{name}.exe",
        ])();
        return new(image, traits.OneIn(2) ? "--tray" : string.Empty, traits.OneIn(10) ? "Hangzhou Example Software Co., Ltd." : null,
            libraries, implant.Kind.Name);
    }
}

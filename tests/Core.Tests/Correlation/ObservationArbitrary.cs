using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using FsCheck;
using FsCheck.Fluent;

namespace CipherWatch.Core.Tests.Correlation;

/// <summary>Observations that collide on purpose: few hosts, processes, libraries and destinations, on both clocks and over three days.</summary>
public static class ObservationArbitrary
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);
    private static readonly string[] Images =
    [
        @"C:\Windows\System32\notepad.exe", @"C:\Users\ana\Downloads\setup.exe", @"C:\Windows\System32\svchost.exe",
        @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe",
    ];

    private static readonly string[] Libraries =
    [
        @"C:\Windows\System32\bcryptprimitives.dll", @"C:\Windows\System32\rsaenh.dll", @"C:\Windows\System32\schannel.dll",
        @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\clr.dll",
    ];

    public static Arbitrary<Observation[]> Streams() => Observations().ArrayOf(60).ToArbitrary();

    public static Arbitrary<Observation> One() => Observations().ToArbitrary();

    private static Gen<Observation> Observations() =>
        from kind in Gen.Frequency(
            (2, Gen.Constant(ObservationKind.ProcessStart)), (4, Gen.Constant(ObservationKind.ModuleLoad)),
            (8, Gen.Constant(ObservationKind.Connection)), (1, Gen.Constant(ObservationKind.Injection)),
            (2, Gen.Constant(ObservationKind.Flow)), (3, Gen.Constant(ObservationKind.Payload)), (1, Gen.Constant(ObservationKind.ProcessEnd)))
        from process in Gen.Choose(0, 5)
        from second in Gen.Choose(0, 60 * 60 * 40)
        from lag in Gen.Elements(0, 1, 3, 7200)
        from clocks in Gen.Choose(0, 3)
        from variant in Gen.Choose(0, 3)
        from port in Gen.Elements<ushort>(443, 8444, 53, 50123)
        from local in Gen.Choose(50000, 50003)
        select Make(kind, process, second, lag, clocks, variant, port, (ushort)local);

    private static Observation Make(ObservationKind kind, int process, int second, int lag, int clocks, int variant, ushort port, ushort local)
    {
        bool network = kind is ObservationKind.Flow or ObservationKind.Payload;
        string host = process < 3 ? "alpha" : "beta";
        ProcessKey key = ProcessKey.FromGuid(host, $"0000000{process}-0000-0000-0000-000000000000");
        DateTimeOffset time = Start.AddSeconds(second);
        IpAddress source = IpAddress.Parse(process < 3 ? "10.0.0.5" : "10.0.0.6");
        IpAddress destination = IpAddress.Parse(variant < 2 ? "203.0.113.9" : "10.9.9.9");
        FlowFields flow = new()
        {
            SrcIp = source,
            SrcPort = local,
            DstIp = destination,
            DstPort = port,
            Protocol = 6,
            Direction = network ? FlowDirection.Unknown : FlowDirection.Outbound,
            BytesOut = network || variant == 1 ? second : null,
            BytesIn = variant == 1 ? second / 2 : null,
            CountersAreDeltas = network && variant < 2,
            Handshake = kind == ObservationKind.Flow || (!network && port == 8444) ? (Handshake)variant : kind == ObservationKind.Payload ? Handshake.None : Handshake.Unknown,
            Application = kind == ObservationKind.Flow && variant == 3 ? "wireguard" : null,
        };
        bool named = kind == ObservationKind.Payload && variant == 2;
        return new()
        {
            Kind = kind,
            Source = network ? SourceNames.Zeek : SourceNames.Sysmon,
            Platform = network ? TelemetryPlatform.Network : TelemetryPlatform.Windows,
            Time = clocks == 1 && !network ? null : time,
            RecordTime = clocks == 0 || network ? null : time.AddSeconds(lag),
            RecordTimeIsLocal = clocks == 3,
            EventCode = kind == ObservationKind.Connection ? 3 : 7,
            Host = network ? null : host,
            Process = network ? null : new() { Key = key, Guid = $"{process}", Image = Images[process % Images.Length], Pid = 100 + variant },
            Module = kind == ObservationKind.ModuleLoad
                ? new() { Path = Libraries[variant], IsOwnImage = port == 53, Signed = local != 50000, Signer = "Someone" } : null,
            Target = kind == ObservationKind.Injection ? new() { Key = key, Image = Images[process % Images.Length] } : null,
            Flow = (kind is ObservationKind.Connection || network) && !named ? flow : null,
            FlowUid = kind == ObservationKind.Flow && variant > 1 ? "C1" : named ? flow.Key.CommunityId() : null,
            Payload = kind == ObservationKind.Payload
                ? new()
                {
                    Length = 512,
                    Direction = (PayloadDirection)(variant % 3),
                    Handshake = named ? Handshake.None : Handshake.Unknown,
                    SampleId = (ulong)(second * 31) + (ulong)variant,
                    Score = new() { Sampled = 512, Score = 7.9 - (variant * 0.3), Z = -variant, Verdict = PayloadVerdict.Encrypted, XorKeyLength = variant == 3 ? 8 : null },
                }
                : null,
        };
    }
}

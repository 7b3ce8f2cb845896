using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using FsCheck;
using FsCheck.Fluent;

namespace CipherWatch.Core.Tests.Correlation;

/// <summary>
/// Processes that only their numbers name, few numbers used again and again: starts with and without serials, to the millisecond and to the
/// second, records that say when their process began, and what each image loads and connects to.
/// </summary>
public static class NumberedProcessArbitrary
{
    private const string Host = "web1";
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);
    private static readonly string[] Images = ["/dev/shm/.agent", "/usr/bin/bash", "/tmp/x", "/usr/sbin/nginx"];
    private static readonly string[] Libraries = ["/usr/lib/x86_64-linux-gnu/libcrypto.so.3", "/usr/lib/libsodium.so.23", "/usr/lib/libgcrypt.so.20"];

    public static Arbitrary<Observation[]> Streams() => Observations().ArrayOf(60).ToArbitrary();

    public static Observation Make(ObservationKind kind, int pid, int ms, int image, int variant = 0)
    {
        DateTimeOffset time = Start.AddMilliseconds(ms);
        bool coarse = kind == ObservationKind.ProcessStart && variant == 3;
        bool saysStart = kind == ObservationKind.Connection && variant == 3 && image == 0;
        return new()
        {
            Kind = kind,
            Source = coarse ? SourceNames.Osquery : SourceNames.Auditd,
            Platform = TelemetryPlatform.Linux,
            Time = coarse ? DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()) : time,
            Host = Host,
            EventSerial = coarse ? null : ms / 3,
            Process = new()
            {
                Key = ProcessKey.FromPid(Host, pid, startUnixMs: null),
                Pid = pid,
                Image = variant == 1 && kind == ObservationKind.ModuleLoad ? null : Images[image],
                CommandLine = kind == ObservationKind.ProcessStart ? Images[image] + new string(' ', variant) + "-x" : null,
                User = variant == 2 ? "www-data" : "33",
                StartTime = saysStart ? time.AddMilliseconds(-700) : null,
                StartSerial = saysStart ? (ms - 700) / 3 : null,
            },
            Module = kind == ObservationKind.ModuleLoad ? new() { Path = Libraries[variant % Libraries.Length] } : null,
            Flow = kind == ObservationKind.Connection
                ? new()
                {
                    SrcIp = default,
                    SrcPort = 0,
                    DstIp = IpAddress.Parse(variant < 2 ? "203.0.113.9" : "198.51.100.7"),
                    DstPort = (ushort)(variant == 1 ? 443 : 8444),
                    Protocol = 6,
                    IsPartial = true,
                    InitiatorKnown = true,
                    Direction = FlowDirection.Outbound,
                }
                : null,
        };
    }

    private static Gen<Observation> Observations() =>
        from kind in Gen.Frequency(
            (3, Gen.Constant(ObservationKind.ProcessStart)), (4, Gen.Constant(ObservationKind.ModuleLoad)),
            (10, Gen.Constant(ObservationKind.Connection)), (1, Gen.Constant(ObservationKind.ProcessEnd)))
        from pid in Gen.Choose(100, 102)
        from step in Gen.Choose(0, 400)
        from image in Gen.Choose(0, Images.Length - 1)
        from variant in Gen.Choose(0, 3)
        select Make(kind, pid, step * 37_500, image, variant);
}

using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>Benign protocols that no sensor names, and that look as an implant's do.</summary>
internal static class OpaqueExchange
{
    private const int InitialBytes = 64;
    private const int BlockBytes = 1_400;

    /// <summary>An obfuscated transport: 64 random bytes, then ciphertext both ways. Source: MTProto transports, "obfuscation".</summary>
    public static Payload Messenger(SimulationRandom random, Destination destination) =>
        new(random.Bytes(InitialBytes + random.Between(120, 700)), random.Bytes(random.Between(200, 1_200)));

    /// <summary>A block behind a header with its length, kind and checksum; the answers are short and plain.</summary>
    public static Payload Backup(SimulationRandom random, Destination destination) => new(
        [.. WireBytes.LongLittle(BlockBytes), 1, 0, 4, 0, .. random.Bytes(4), .. random.Bytes(BlockBytes)],
        [.. WireBytes.LongLittle(12), 2, 0, 4, 0, 0, 0, 0, 0, .. WireBytes.LongLittle(BlockBytes), 0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>A hello in clear that carries a public value, then a stream cipher.</summary>
    public static Payload Music(SimulationRandom random, Destination destination) => new(
        [0, 4, .. WireBytes.Long(182), 0x52, 0x0e, 0x50, 0, 0xa0, 1, 0, 0xf0, 1, .. random.Bytes(96), .. random.Bytes(500)],
        [.. WireBytes.Long(412), 0x52, 0xaf, 2, 0x52, 0xec, 2, 0x52, 0x60, .. random.Bytes(96), .. random.Bytes(800)]);

    /// <summary>Random bytes both ways.</summary>
    public static Payload Random(SimulationRandom random, int length) => new(random.Bytes(length), random.Bytes(length));
}

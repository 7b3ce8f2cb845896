using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>The packed form of the names of destinations.</summary>
internal static partial class PackedFacts
{
    private const int Asked = 1;
    private const int LooseName = 2;
    private const int NameFlags = 4;

    /// <summary>Names as bytes.</summary>
    public static byte[] Pack(ImmutableArray<NameFacts> names)
    {
        FactWriter packed = new();
        packed.Number((ulong)names.Length);
        foreach (NameFacts name in names)
        {
            Write(ref packed, new DestinationKey(name.Key.Day, name.Key.Ip, name.Key.Port, 0));
            packed.Text(name.Key.Name);
            packed.Number((ulong)((name.IsAsked ? Asked : 0) | (name.IsLoose ? LooseName : 0)));
            packed.Number(name.ServerPort);
            packed.Number((ulong)name.Handshake);
            packed.Moment(name.First ?? default);
            packed.Moment(name.Last ?? default);
            packed.Hash(name.Connections);
        }

        return packed.Written.ToArray();
    }

    /// <summary>Names from their bytes.</summary>
    public static ImmutableArray<NameFacts> ReadNames(ReadOnlySpan<byte> bytes)
    {
        FactReader packed = new(bytes);
        int count = packed.Count();
        ImmutableArray<NameFacts>.Builder names = ImmutableArray.CreateBuilder<NameFacts>(count);
        for (int index = 0; index < count; index++)
        {
            (int day, IpAddress ip, ushort port, _, _) = ReadDestination(ref packed);
            string name = packed.Text();
            int flags = packed.OneOf(NameFlags);
            names.Add(new()
            {
                Key = new(day, ip, port, name),
                IsAsked = (flags & Asked) != 0,
                IsLoose = (flags & LooseName) != 0,
                ServerPort = packed.Port(),
                Handshake = (Handshake)packed.OneOf((int)Handshake.Established + 1),
                First = packed.Moment(),
                Last = packed.Moment(),
                Connections = packed.Hash(),
            });
        }

        return names.MoveToImmutable();
    }
}

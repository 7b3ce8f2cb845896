using System.Buffers.Binary;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Puts the fields of a record that a template describes in their places.</summary>
/// <remarks>
/// Numbers are those of the IANA registry of IPFIX information elements, which NetFlow version 9 shares; of enterprises, RFC 5103's
/// reverse elements (29305) and CERT's (6871), whose reverse elements have the second-highest bit set.
/// </remarks>
internal ref struct DatagramFields(FlowDatagram header)
{
    private const uint ReverseElements = 29_305;
    private const uint Cert = 6_871;
    private const ushort CertReverse = 0x4000;
    private const ushort CertApplicationLabel = 33;
    private const ushort CertPayloadEntropy = 35;
    private const uint Cisco = 9;

    /// <summary>The byte distribution of Cisco's encrypted traffic analytics and of Joy, with version 9's numbers and IPFIX's.</summary>
    private const ushort ByteDistributionElement = 44_944;
    private const ushort EnterpriseMask = 0x7fff;
    private FlowValues _values;
    private DatagramClock _clock = new(header);

    /// <summary>Takes one field.</summary>
    public void Take(TemplateField field, ReadOnlySpan<byte> value)
    {
        switch (field.Enterprise)
        {
            case 0 when field.Element == ByteDistributionElement:
            case Cisco when field.Element == (ByteDistributionElement & EnterpriseMask):
                _values.Distribution = value;
                break;
            case 0:
                TakeAddress(field.Element, value);
                TakeEndpoint(field.Element, Number(value));
                TakeCounter(field.Element, Number(value));
                _clock.Take(field.Element, value, Number(value));
                break;
            case ReverseElements:
                TakeReverse(field.Element, Number(value));
                break;
            case Cert:
                TakeCert(field.Element, Number(value));
                break;
        }
    }

    /// <summary>What was taken.</summary>
    public FlowValues Finish()
    {
        (_values.Start, _values.End, _values.BootedMs) = (_clock.Start, _clock.End, _clock.BootedMs);
        return _values.Direction == FlowValues.ReverseInitiator ? _values.Turned() : _values;
    }

    private void TakeAddress(ushort element, ReadOnlySpan<byte> value)
    {
        switch (element, value.Length)
        {
            case (8, 4) or (27, 16):
                _values.Source = Better(_values.Source, value);
                break;
            case (12, 4) or (28, 16):
                _values.Destination = Better(_values.Destination, value);
                break;
        }
    }

    private void TakeEndpoint(ushort element, ulong number)
    {
        switch (element)
        {
            case 4:
                _values.Protocol = (byte)number;
                break;
            case 7:
                _values.SourcePort = (ushort)number;
                break;
            case 11:
                _values.DestinationPort = (ushort)number;
                break;
            case 48 or 302:
                _values.SamplerId = number;
                break;
            case 89:
                // The two highest bits say whether it was passed on; 2 is dropped (RFC 7270 §4.12).
                const int StatusShift = 6, Dropped = 2;
                _values.IsDenied |= (number & byte.MaxValue) >> StatusShift == Dropped;
                break;
            case 233 or 40_005:
                // Firewalls' events, by IPFIX's number and by the one that they had before.
                const ulong Denied = 3;
                _values.IsDenied |= number == Denied;
                break;
            case 239:
                _values.Direction = (byte)number;
                break;
            case 32 or 139 when number > 0 || _values.IcmpTypeAndCode is null:
                _values.IcmpTypeAndCode = (ushort)number;
                break;
            case 176 or 178:
                _values.IcmpTypeAndCode =
                    (ushort)((_values.IcmpTypeAndCode & byte.MaxValue ?? 0) | (ushort)((number & byte.MaxValue) << 8));
                break;
            case 177 or 179:
                _values.IcmpTypeAndCode = (ushort)((_values.IcmpTypeAndCode & 0xff00 ?? 0) | (ushort)(number & byte.MaxValue));
                break;
        }
    }

    private void TakeCounter(ushort element, ulong number)
    {
        switch (element)
        {
            case 1 or 231:
                _values.Bytes = Count(number);
                break;
            case 2 or 298:
                _values.Packets = Count(number);
                break;
            case 85:
                (_values.Bytes, _values.CountsFromStart) = (_values.Bytes ?? Count(number), _values.Bytes is null);
                break;
            case 86:
                _values.Packets ??= Count(number);
                break;
            case 23 when _values.Bytes is null or 0:
                // Metered on the way out; beside a counter of the way in it is the same flow again.
                _values.Bytes = Count(number);
                break;
            case 24 when _values.Packets is null or 0:
                _values.Packets = Count(number);
                break;
            case 232:
                _values.ReverseBytes = Count(number);
                break;
            case 299:
                _values.ReversePackets = Count(number);
                break;
            case 34 or 50:
                _values.SamplingInterval = Count(number);
                break;
            case 305 or 309:
                // How long a run is, or how many are picked, says nothing of sampling without how many are left out.
                _values.SamplingRun = Count(number);
                break;
            case 306:
                _values.SamplingLeftOut = Count(number);
                break;
            case 310:
                _values.SamplingPopulation = Count(number);
                break;
        }
    }

    private void TakeReverse(ushort element, ulong number)
    {
        switch (element)
        {
            case 1 or 85 or 23 or 231 when number > 0 || _values.ReverseBytes is null:
                _values.ReverseBytes = Count(number);
                break;
            case 2 or 86 or 24 or 298 when number > 0 || _values.ReversePackets is null:
                _values.ReversePackets = Count(number);
                break;
        }
    }

    private void TakeCert(ushort element, ulong number)
    {
        switch (element)
        {
            case CertApplicationLabel:
                _values.Application = (ushort)number;
                break;
            case CertPayloadEntropy:
                _values.Entropy = (byte)number;
                break;
            case CertPayloadEntropy | CertReverse:
                _values.ReverseEntropy = (byte)number;
                break;
        }
    }

    /// <summary>A dual-stack layout leaves the addresses of the other family all zeros.</summary>
    private static IpAddress? Better(IpAddress? known, ReadOnlySpan<byte> value) =>
        known is not null && !value.ContainsAnyExcept((byte)0) ? known : IpAddress.FromBytes(value);

    private static long Count(ulong number) => (long)Math.Min(number, long.MaxValue);

    private static ulong Number(ReadOnlySpan<byte> value)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        ReadOnlySpan<byte> low = value.Length > wide.Length ? [] : value;
        low.CopyTo(wide[(wide.Length - low.Length)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(wide);
    }
}

using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Network.PayloadSamples;

/// <summary>Where the fields of a payload-sample record stand among the top-level names.</summary>
internal static class PayloadSampleFields
{
    public static readonly TopLevelFields TopLevel = new() { Lists = ["histogram"], Messages = ["bytes"] };

    public static readonly int CipherWatch = TopLevel.At("cipherwatch");
    public static readonly int Time = TopLevel.At("time");
    public static readonly int Sensor = TopLevel.At("sensor");
    public static readonly int Host = TopLevel.At("host");
    public static readonly int Uid = TopLevel.At("uid");
    public static readonly int CommunityId = TopLevel.At("communityId");
    public static readonly int SrcIp = TopLevel.At("srcIp");
    public static readonly int SrcPort = TopLevel.At("srcPort");
    public static readonly int DstIp = TopLevel.At("dstIp");
    public static readonly int DstPort = TopLevel.At("dstPort");
    public static readonly int Protocol = TopLevel.At("protocol");
    public static readonly int Direction = TopLevel.At("direction");
    public static readonly int Offset = TopLevel.At("offset");
    public static readonly int StartSeen = TopLevel.At("startSeen");
    public static readonly int Length = TopLevel.At("length");
    public static readonly int Bytes = TopLevel.At("bytes");
    public static readonly int Histogram = TopLevel.At("histogram");
    public static readonly int Handshake = TopLevel.At("handshake");
}

using System.Buffers.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>
/// What programs and the kernel put on record of their own cryptography: sessions of sshd, security associations of libreswan and
/// of the kernel. Each says that keys were agreed, and with whom.
/// </summary>
/// <remarks>Source: OpenSSH's audit patch of Red Hat's, libreswan's <c>log_linux_audit.c</c>, the kernel's <c>xfrm_policy.c</c>.</remarks>
internal static class AuditCryptoRecord
{
    private const ushort IkePort = 500;
    private const byte Esp = 50;

    /// <summary>Reads one record of a type CRYPTO_… or MAC_IPSEC_EVENT.</summary>
    public static RecordResult Normalize(in AuditHeader header, ReadOnlySpan<byte> body, ReadOnlySpan<byte> node, RecordContext context)
    {
        AuditFields fields = new(body);
        CryptoFields said = default;
        AuditEvent about = context.Of(AuditEvents.State).Borrow(header.Stamp, node);
        while (fields.Next())
        {
            said.Read(fields);
            AuditProcess.Take(fields, isRaw: false, about);
        }

        FlowFields? flow = header.Type == AuditType.MacIpsec ? Kernel(said)
            : header.TypeName.SequenceEqual("CRYPTO_IKE_SA"u8) ? Exchange(said, Protocols.Udp, IkePort)
            : header.TypeName.SequenceEqual("CRYPTO_IPSEC_SA"u8) ? Exchange(said, Esp, port: 0)
            : Session(said);
        string? wrong = said.Wrong ?? about.Wrong;
        bool isOfUse = flow is not null && said.Succeeded && wrong is null;
        if (isOfUse)
        {
            Observation key = AuditSubject.Of(about, header.Type == AuditType.MacIpsec ? ObservationKind.Flow
                : ObservationKind.Connection, context);
            context.Emit(key with { Flow = flow, Process = header.Type == AuditType.MacIpsec ? null : key.Process });
        }

        context.Of(AuditEvents.State).Return(about);
        return isOfUse ? RecordResult.Observed(SourceNames.Auditd)
            : wrong is null ? RecordResult.Skipped(SourceNames.Auditd)
            : AuditNumbers.Wrong(wrong);
    }

    /// <summary>A session of sshd: the peer is <c>addr</c> and <c>rport</c>; it opened the connection.</summary>
    private static FlowFields? Session(in CryptoFields said) =>
        said.Addr is not { } peer || said.RPort == 0 ? null : new()
        {
            SrcIp = peer,
            SrcPort = said.RPort,
            DstIp = said.LAddr ?? default,
            DstPort = said.LPort,
            Protocol = Protocols.Tcp,
            IsPartial = said.LAddr is null,
            InitiatorKnown = true,
            Direction = FlowDirection.Inbound,
            Application = "ssh",
            Handshake = Handshake.Established,
        };

    /// <summary>An association of libreswan: the peer is <c>raddr</c>, the host itself <c>addr</c>.</summary>
    private static FlowFields? Exchange(in CryptoFields said, byte protocol, ushort port)
    {
        if (said.RAddr is not { } peer)
        {
            return null;
        }

        bool inbound = said.Direction == FlowDirection.Inbound;
        IpAddress own = said.LAddr ?? said.Addr ?? default;
        return new()
        {
            SrcIp = inbound ? peer : own,
            SrcPort = port,
            DstIp = inbound ? own : peer,
            DstPort = port,
            Protocol = protocol,
            IsPartial = own == default,
            InitiatorKnown = said.Direction != FlowDirection.Unknown,
            Direction = said.Direction,
            Application = "ipsec",
            Handshake = Handshake.Established,
        };
    }

    /// <summary>An association of the kernel's. A policy names networks, not peers, and no keys.</summary>
    private static FlowFields? Kernel(in CryptoFields said) =>
        !said.IsAssociation || said.Src is not { } source || said.Dst is not { } destination ? null : new()
        {
            SrcIp = source,
            SrcPort = 0,
            DstIp = destination,
            DstPort = 0,
            Protocol = Esp,
            Application = "ipsec",
            Handshake = Handshake.Established,
        };

    /// <summary>The fields of such records.</summary>
    private ref struct CryptoFields
    {
        public IpAddress? Addr;
        public IpAddress? LAddr;
        public IpAddress? RAddr;
        public IpAddress? Src;
        public IpAddress? Dst;
        public ushort RPort;
        public ushort LPort;
        public FlowDirection Direction;
        public bool IsAssociation;
        public bool Failed;

        /// <summary>The field that cannot be what it says; null where all can.</summary>
        public string? Wrong;

        /// <summary>The record does not say that it failed.</summary>
        public readonly bool Succeeded => !Failed;

        public void Read(in AuditFields fields)
        {
            switch (fields.Field)
            {
                case AuditField.Addr:
                    Addr = Address(fields);
                    break;
                case AuditField.LAddr:
                    LAddr = Address(fields);
                    break;
                case AuditField.RAddr:
                    RAddr = Address(fields);
                    break;
                case AuditField.Src:
                    Src = Address(fields);
                    break;
                case AuditField.Dst:
                    Dst = Address(fields);
                    break;
                case AuditField.RPort:
                    RPort = Port(fields);
                    break;
                case AuditField.LPort:
                    LPort = Port(fields);
                    break;
                case AuditField.Direction:
                    Direction = fields.Value.StartsWith("initiator"u8) ? FlowDirection.Outbound
                        : fields.Value.StartsWith("responder"u8) ? FlowDirection.Inbound
                        : FlowDirection.Unknown;
                    break;
                case AuditField.Op:
                    IsAssociation = fields.Value.StartsWith("SAD-"u8);
                    break;
                case AuditField.Res:
                    Failed = fields.Value is [(byte)'f' or (byte)'0', ..];
                    break;
            }
        }

        private ushort Port(in AuditFields fields)
        {
            bool isPort = Utf8Parser.TryParse(fields.Value, out ushort port, out int used) && used == fields.Value.Length;
            Wrong ??= isPort || IsNone(fields.Value) ? null : System.Text.Encoding.UTF8.GetString(fields.Key);
            return isPort ? port : (ushort)0;
        }

        private IpAddress? Address(in AuditFields fields)
        {
            bool isAddress = IpAddress.TryParse(fields.Value, out IpAddress address);
            Wrong ??= isAddress || IsNone(fields.Value) ? null : System.Text.Encoding.UTF8.GetString(fields.Key);
            return isAddress ? address : null;
        }

        /// <summary>The kernel and the daemons write what they do not know.</summary>
        private static bool IsNone(ReadOnlySpan<byte> text) => text.IsEmpty || text is [(byte)'?' or (byte)'-' or (byte)'%', ..];
    }
}

using static CipherWatch.Core.Randomness.Recognition.SignatureKind;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Rows of <see cref="ProtocolSignatures"/> for binary protocols that live mostly in streams.</summary>
internal static class StreamSignatures
{
    /// <summary>The rows.</summary>
    public static readonly Signature[] Rows =
    [
        // Windows.
        new(Protocol, "smb", "00 ?? ?? ?? FF 'SMB'", midStream: true),
        new(Protocol, "smb", "00 ?? ?? ?? FE 'SMB'", midStream: true),
        new(Protocol, "smb", "00 ?? ?? ?? FD 'SMB'", midStream: true),
        new(Protocol, "smb", "00 ?? ?? ?? FC 'SMB'", midStream: true),
        new(Protocol, "smb", "FF 'SMB'"),
        new(Protocol, "netbios", "81 00 00", WindowsMessages.IsNetBiosSession),
        new(Protocol, "netbios", "1? ?? @12", WindowsMessages.IsNetBiosDatagram, Transport.Udp),
        new(Protocol, "dcerpc", "05 0? ??", WindowsMessages.IsRpc, midStream: true),
        new(Protocol, "dcerpc", "04 00 ??", WindowsMessages.IsDatagramRpc),
        new(Protocol, "rdp", "03 00 ?? ?? ?? E0", WindowsMessages.IsTpkt),
        new(Protocol, "rdp", "03 00 ?? ?? ?? D0", WindowsMessages.IsTpkt),
        new(Protocol, "tpkt", "03 00 ?? ?? 02 F0 80", WindowsMessages.IsTpkt, midStream: true),
        new(Protocol, "tds", "?? 0? ?? ?? 00 00 ?? 00", WindowsMessages.IsTds),
        new(Protocol, "kerberos", "", DerMessages.IsKerberos, first: b => b is 0 or (>= 0x6A and <= 0x7E)),
        new(Protocol, "ldap", "30", DerMessages.IsLdap),

        // Data stores and queues.
        new(Protocol, "mysql", "?? ?? 00 00 0A", DatabaseMessages.IsMySqlGreeting),
        new(Protocol, "postgres", "00 00 ?? ?? 00 03 00 00"),
        new(Protocol, "postgres", "00 00 00 08 04 D2 16 2?"),
        new(Protocol, "postgres", "00 00 00 10 04 D2 16 2E"),
        new(Protocol, "mongodb", "?? ?? ?? 00 @13 ?? 00 00", DatabaseMessages.IsMongo),
        new(Protocol, "oracle-tns", "?? ?? 00 00 0? 00 00 00", DatabaseMessages.IsTns),
        new(Protocol, "mqtt", "10 ?? 00 04 'MQTT'"),
        new(Protocol, "mqtt", "10 ?? ?? 00 04 'MQTT'"),
        new(Protocol, "mqtt", "10 ?? 00 06 'MQIsdp'"),
        new(Protocol, "amqp", "'AMQP'"),
        new(Protocol, "zmtp", "FF @9 7F"),

        // Remote access, proxies and media.
        new(Protocol, "telnet", "FF F?", StreamMessages.IsTelnet),
        new(Protocol, "vnc", "'RFB 0'"),
        new(Protocol, "socks", "05 0?", StreamMessages.IsSocks5Hello),
        new(Protocol, "socks", "04 0?", StreamMessages.IsSocks4Request),
        new(Protocol, "rtmp", "03", StreamMessages.IsRtmpHello, Transport.Tcp),
        new(Protocol, "teamviewer", "17 24 ??", StreamMessages.IsTeamViewer),
        new(Protocol, "tor", "00 00 07 00 0?"),
        new(Protocol, "modbus", "?? ?? 00 00 00 ??", StreamMessages.IsModbus, Transport.Tcp),
        new(Protocol, "iec-104", "68", StreamMessages.IsTelecontrol),
        new(Protocol, "dnp3", "05 64"),
        new(Protocol, "bgp", "FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF"),
        new(Protocol, "diameter", "01 00 ?? ?? ?? 00", StreamMessages.IsDiameter),
        new(Protocol, "sunrpc", "@4 00 00 00 0?", StreamMessages.IsSunRpc),
        new(Protocol, "sunrpc", "?? ?? ?? ?? @8 00 00 00 0?", StreamMessages.IsSunRpcRecord, first: b => (b & 0x7F) == 0),
        new(Protocol, "fix", "'8=FIX'"),
        new(Protocol, "spotify", "00 04 00 00 ?? ?? 52 ?? 50"),
        new(Protocol, "java-rmi", "'JRMI' 00"),
        new(Protocol, "java-serialized", "AC ED 00 05"),
        new(Protocol, "x11", "'l' 00 0B 00"),
        new(Protocol, "adb", "'CNXN'"),
        new(Protocol, "ajp", "12 34", StreamMessages.IsAjp),
        new(Protocol, "thrift", "80 01 00 0? 00 00 00", StreamMessages.IsThrift),

        // Messengers and agents whose own encryption would otherwise look like nothing known.
        new(Protocol, "whatsapp", "'ED' 00 01"),
        new(Protocol, "whatsapp", "'WA' 0? 0?"),
        new(Protocol, "zabbix", "'ZBXD' 0?"),
        new(Protocol, "alicloud", "CE FA BE BA"),
        new(Protocol, "bitcoin", "F9 BE B4 D9"),
        new(Protocol, "ethereum", "?? ?? 04", PeerMessages.IsEthereumHello),
        new(Protocol, "spotify", "00 04 00 00 ?? ?? ?? ?? 52 0? 50"),
        new(Protocol, "hp-virtgrp", "'VirtGrp'"),
    ];
}

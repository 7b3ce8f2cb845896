namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>The event data of Sysmon 1, 3, 5, 7, 8 and 22 that is read, by Sysmon's own names.</summary>
internal enum SysmonField
{
    UtcTime,
    ProcessGuid,
    ProcessId,
    Image,
    CommandLine,
    User,
    Hashes,
    ParentImage,
    ImageLoaded,
    Signed,
    Signature,
    SignatureStatus,
    Protocol,
    Initiated,
    SourceIp,
    SourcePort,
    DestinationIp,
    DestinationPort,
    DestinationHostname,
    QueryName,
    SourceProcessGuid,
    SourceProcessId,
    SourceImage,
    TargetProcessGuid,
    TargetProcessId,
    TargetImage,
}

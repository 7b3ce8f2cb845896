namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>The columns of Defender's tables that are read, by their own names.</summary>
internal enum DefenderField
{
    Timestamp,
    TimeGenerated,
    DeviceName,
    ActionType,
    FileName,
    FolderPath,
    SHA256,
    ProcessId,
    ProcessCommandLine,
    ProcessCreationTime,
    AccountDomain,
    AccountName,
    InitiatingProcessId,
    InitiatingProcessFileName,
    InitiatingProcessFolderPath,
    InitiatingProcessCreationTime,
    InitiatingProcessCommandLine,
    InitiatingProcessAccountDomain,
    InitiatingProcessAccountName,
    InitiatingProcessSHA256,
    InitiatingProcessSignatureStatus,
    LocalIP,
    LocalPort,
    RemoteIP,
    RemotePort,
    RemoteUrl,
    Protocol,
    AdditionalFields,
}

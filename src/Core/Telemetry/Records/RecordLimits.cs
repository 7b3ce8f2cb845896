namespace CipherWatch.Core.Telemetry.Records;

/// <summary>How much of an input is held at once.</summary>
public static class RecordLimits
{
    /// <summary>The longest record that is held at once, bytes. Longer ones are dead letters in parts.</summary>
    public const int MaxRecordBytes = 32 << 20;
}

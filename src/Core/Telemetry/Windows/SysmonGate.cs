using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Tells from channel, provider and event id whether a Windows event is a Sysmon event that is read.</summary>
internal static class SysmonGate
{
    private static ReadOnlySpan<byte> WindowsChannel => "Microsoft-Windows-Sysmon/Operational"u8;

    private static ReadOnlySpan<byte> WindowsProvider => "Microsoft-Windows-Sysmon"u8;

    private static ReadOnlySpan<byte> LinuxChannel => "Linux-Sysmon/Operational"u8;

    private static ReadOnlySpan<byte> LinuxProvider => "Linux-Sysmon"u8;

    /// <summary>
    /// The outcome of an event that is not read, or null for one that is. The channel decides; where there is none (traced
    /// events, some shippers), the provider does.
    /// </summary>
    public static RecordResult? Refuse(
        ReadOnlySpan<byte> text,
        FieldSpan channel,
        FieldSpan provider,
        FieldSpan eventId,
        out int id,
        out TelemetryPlatform platform)
    {
        id = 0;
        platform = TelemetryPlatform.Windows;

        // What most events have is compared with a constant, which costs a few instructions.
        bool isPlain = channel.Form == FieldForm.Plain && channel.Of(text).SequenceEqual(WindowsChannel);
        if (!isPlain && !IsSysmon(text, channel, provider, ref platform))
        {
            return RecordResult.Skipped(SourceNames.WindowsEvent);
        }

        if (!eventId.TryInteger(text, out long number))
        {
            string place = eventId.HasValue && FieldPlace.NameOf(text, eventId) is { } written ? $": '{written}'." : ".";
            return RecordResult.DeadLettered(SourceNames.Sysmon, $"Sysmon event whose event id is not a number{place}");
        }

        id = (int)Math.Clamp(number, 0, int.MaxValue);
        return SysmonEvent.IsRead(number) ? null : RecordResult.Skipped(SourceNames.Sysmon);
    }

    /// <summary>Whether a channel and an event id, as far as they have been seen, settle that the event is skipped.</summary>
    public static bool Skips(ReadOnlySpan<byte> text, FieldSpan channel, FieldSpan eventId) =>
        channel is { HasValue: true, Length: > 0 } && eventId.HasValue
        && Refuse(text, channel, default, eventId, out _, out _) is { Outcome: RecordOutcome.Skipped };

    private static bool IsSysmon(ReadOnlySpan<byte> text, FieldSpan channel, FieldSpan provider, ref TelemetryPlatform platform)
    {
        bool hasChannel = channel is { HasValue: true, Length: > 0 };
        FieldSpan name = hasChannel ? channel : provider;
        if (Reads(text, name, hasChannel ? LinuxChannel : LinuxProvider))
        {
            platform = TelemetryPlatform.Linux;
            return true;
        }

        return Reads(text, name, hasChannel ? WindowsChannel : WindowsProvider);
    }

    /// <summary>Whether a field reads as a name: without case, as Windows compares them, and with the slash escaped or not.</summary>
    private static bool Reads(ReadOnlySpan<byte> text, FieldSpan field, ReadOnlySpan<byte> name)
    {
        if (field.Form != FieldForm.JsonEscaped || field.Length > 128)
        {
            return field.IsText && Ascii.EqualsIgnoreCase(field.Of(text), name);
        }

        Span<byte> plain = stackalloc byte[128];
        int length = FieldText.Unescape(field.Form, field.Of(text), plain);
        return Ascii.EqualsIgnoreCase(plain[..length], name);
    }
}

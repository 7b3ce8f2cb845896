using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Makes observations of Sysmon 1, 3, 5, 7, 8 and 22, the same whatever rendering they came in.</summary>
internal static class SysmonMapper
{
    /// <summary>Longest path that is looked at, bytes: Windows allows 32,767 UTF-16 units.</summary>
    private const int MaxPathBytes = 32 << 10;

    /// <summary>Reads one event whose id is among those that are read.</summary>
    public static RecordResult Map(in SysmonEvent record, RecordContext context)
    {
        if (record.Header.EventId == 7 && !IsOwnImage(record) && !WantsModule(record, context))
        {
            context.CountUnwantedModule();
            return RecordResult.Observed(SourceNames.Sysmon);
        }

        if (FieldText.InvalidUtf8At(record.Text, record.Fields[..SysmonEvent.FieldCount]) is >= 0 and var at)
        {
            return Broken(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Not UTF-8 at byte {at} of the record: was it written in another code page?"));
        }

        FieldValues values = context.Values(record.Text);
        if (record.Header.Fault is { } unread)
        {
            return Broken(unread);
        }

        DateTimeOffset? time = values.Time(record[SysmonField.UtcTime]);
        if (time is null && values.Fault is null && record.Header.Recorded is null)
        {
            return Broken("Sysmon event without a time: neither UtcTime nor the record's own time can be read.");
        }

        (string? host, string? fqdn) = HostNames.Split(record.Header.Computer.Text(record.Header.Text));
        SysmonObservation common = new(record, values, host, fqdn, time);
        Observation? observation = record.Header.EventId switch
        {
            1 or 5 => common.ProcessLife(),
            3 => common.Connection(),
            7 => common.ModuleLoad(IsOwnImage(record)),
            8 => common.Injection(),
            _ => common.Dns(),
        };
        if (values.Fault is { } fault)
        {
            return Broken(fault);
        }

        if (observation is null && NamesNobody(record))
        {
            // Sysmon could not say which process it was. The record is whole, and says nothing that could be joined.
            return RecordResult.Skipped(SourceNames.Sysmon);
        }

        if (observation is null)
        {
            return Broken(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Sysmon event {record.Header.EventId} without the fields that make it one: {Needed(record.Header.EventId)}."));
        }

        context.Emit(observation);
        return RecordResult.Observed(SourceNames.Sysmon);
    }

    private static string Needed(int eventId) => eventId switch
    {
        3 => "SourceIp, DestinationIp, DestinationPort and Protocol",
        7 => "ImageLoaded",
        8 => "SourceImage or SourceProcessGuid",
        22 => "QueryName",
        _ => "Image or ProcessGuid",
    };

    private static bool NamesNobody(in SysmonEvent record) => record.Header.EventId switch
    {
        1 or 5 => record[SysmonField.Image].HasValue || record[SysmonField.ProcessGuid].HasValue,
        8 => record[SysmonField.SourceImage].HasValue || record[SysmonField.SourceProcessGuid].HasValue,
        _ => false,
    };

    private static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.Sysmon, reason);

    /// <summary>The load of the process's own executable: its signature is the process's.</summary>
    private static bool IsOwnImage(in SysmonEvent record)
    {
        ReadOnlySpan<byte> loaded = record[SysmonField.ImageLoaded].Of(record.Text);
        return !loaded.IsEmpty && FieldText.EqualsIgnoringAsciiCase(loaded, record[SysmonField.Image].Of(record.Text));
    }

    private static bool WantsModule(in SysmonEvent record, RecordContext context)
    {
        FieldSpan path = record[SysmonField.ImageLoaded];
        ReadOnlySpan<byte> raw = path.Of(record.Text);
        if (raw.Length is 0 or > MaxPathBytes)
        {
            return true;
        }

        if (path.Form == FieldForm.Plain)
        {
            return context.Receiver.WantsModule(raw, record.Header.Platform);
        }

        Span<byte> scratch = stackalloc byte[512];
        byte[]? rented = raw.Length > scratch.Length ? System.Buffers.ArrayPool<byte>.Shared.Rent(raw.Length) : null;
        Span<byte> text = rented ?? scratch;
        int length = FieldText.Unescape(path.Form, raw, text);
        bool wanted = context.Receiver.WantsModule(text[..length], record.Header.Platform);
        if (rented is not null)
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }

        return wanted;
    }
}

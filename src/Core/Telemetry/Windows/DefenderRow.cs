using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Makes observations of the rows of Defender's tables.</summary>
internal static class DefenderRow
{
    /// <summary>The columns that are read.</summary>
    public static readonly FieldNames Names = FieldNames.Of<DefenderField>();

    private static readonly string[] Accepted = ["InboundConnectionAccepted", "InboundConnectionAttempt"];
    private static readonly string[] Opened = ["ConnectionSuccess", "ConnectionRequest", "ConnectionFound", "ConnectionAttempt"];

    /// <summary>Reads one row.</summary>
    public static RecordResult Normalize(in JsonRecord row, DefenderTable table, RecordContext context)
    {
        DefenderCells cells = new(row, context.Values(row.Text));
        if (table == DefenderTable.ImageLoad && cells.IsUnwantedLoad(context.Receiver))
        {
            context.CountUnwantedModule();
            return RecordResult.Observed(SourceNames.Defender);
        }

        if (FieldText.InvalidUtf8At(row.Text, row.Fields) >= 0)
        {
            return Broken("Not UTF-8: was it written in another code page?");
        }

        if (cells.Occurred() is null)
        {
            return Broken(cells.Fault ?? "Row of a Defender table without a Timestamp.");
        }

        return table switch
        {
            DefenderTable.ImageLoad => ImageLoad(cells, context),
            DefenderTable.Process => Process(cells, context),
            _ => Connection(cells, context),
        };
    }

    private static RecordResult ImageLoad(in DefenderCells cells, RecordContext context)
    {
        if (cells.Path(DefenderField.FolderPath, DefenderField.FileName) is not { } path)
        {
            return Broken("DeviceImageLoadEvents row without FolderPath or FileName.");
        }

        ProcessFields process = cells.Initiator();
        bool isOwnImage = string.Equals(path, process.Image, StringComparison.OrdinalIgnoreCase);
        ModuleFields module = new()
        {
            Path = path,
            Hash = cells.Text(DefenderField.SHA256)?.ToLowerInvariant(),
            IsOwnImage = isOwnImage,
            Signed = isOwnImage ? process.Signed : null,
        };
        return Emit(cells.Build(ObservationKind.ModuleLoad, process, module), cells, context);
    }

    private static RecordResult Process(in DefenderCells cells, RecordContext context)
    {
        if (!cells[DefenderField.ActionType].Is(cells.Bytes, "ProcessCreated"u8))
        {
            return RecordResult.Skipped(SourceNames.Defender);
        }

        ProcessFields process = cells.Created();
        return process.Image is null ? Broken("DeviceProcessEvents row without FolderPath or FileName.")
            : Emit(cells.Build(ObservationKind.ProcessStart, process), cells, context);
    }

    private static RecordResult Connection(in DefenderCells cells, RecordContext context)
    {
        bool isInbound = cells.IsOneOf(DefenderField.ActionType, Accepted);
        if (!isInbound && !cells.IsOneOf(DefenderField.ActionType, Opened))
        {
            // Failed connections carried nothing; listening has no peer; inspections repeat what else is reported.
            return RecordResult.Skipped(SourceNames.Defender);
        }

        if (cells.Address(DefenderField.LocalIP) is not { } local || cells.Address(DefenderField.RemoteIP) is not { } remote)
        {
            // An attempt that never had an address of its own is no flow.
            return cells.Fault is { } fault ? Broken(fault) : RecordResult.Skipped(SourceNames.Defender);
        }

        if (cells.Protocol() is not { } protocol)
        {
            return Broken(cells.Fault ?? "DeviceNetworkEvents row without a Protocol.");
        }

        ushort localPort = cells.Port(DefenderField.LocalPort);
        ushort remotePort = cells.Port(DefenderField.RemotePort);
        FlowFields flow = new()
        {
            SrcIp = isInbound ? remote : local,
            SrcPort = isInbound ? remotePort : localPort,
            DstIp = isInbound ? local : remote,
            DstPort = isInbound ? localPort : remotePort,
            Protocol = protocol,
            Direction = isInbound ? FlowDirection.Inbound : FlowDirection.Outbound,
            ServerName = isInbound ? null : ServerName(cells.Text(DefenderField.RemoteUrl)),
        };
        return Emit(cells.Build(ObservationKind.Connection, cells.Initiator(), flow: flow), cells, context);
    }

    /// <summary>The host of what is sometimes a host, sometimes a URL.</summary>
    private static string? ServerName(string? url)
    {
        if (url is null)
        {
            return null;
        }

        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        string rest = scheme < 0 ? url : url[(scheme + 3)..];
        int end = rest.AsSpan().IndexOfAny("/?#:");
        return end < 0 ? rest : end == 0 ? null : rest[..end];
    }

    private static RecordResult Emit(Observation observation, in DefenderCells cells, RecordContext context)
    {
        if (cells.Fault is { } fault)
        {
            return Broken(fault);
        }

        context.Emit(observation);
        return RecordResult.Observed(SourceNames.Defender);
    }

    private static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.Defender, reason);
}

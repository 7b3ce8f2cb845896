using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>Makes observations of an entry whose message says something.</summary>
internal static class MacObservations
{
    /// <summary>Why an entry cannot be dated.</summary>
    public const string NoTime =
        "Unified log entry whose time cannot be read, or that has no date in an input whose own time is not known.";
    private const string NotUtf8 = "Unified log entry: not UTF-8.";

    /// <summary>Reads a whole entry.</summary>
    public static RecordResult Read(in MacEntry entry, RecordContext context)
    {
        MacFindingKind kind = MacMessages.KindOf(entry);
        return kind == MacFindingKind.Nothing ? RecordResult.Skipped(SourceNames.UnifiedLog) : Read(entry, kind, context);
    }

    /// <summary>Reads a whole entry of a known kind.</summary>
    public static RecordResult Read(in MacEntry entry, MacFindingKind kind, RecordContext context)
    {
        if (FieldText.InvalidUtf8At(entry.Message) >= 0 || FieldText.InvalidUtf8At(entry.Process) >= 0
            || FieldText.InvalidUtf8At(entry.Host) >= 0)
        {
            return RecordResult.DeadLettered(SourceNames.UnifiedLog, NotUtf8);
        }

        if (!MacTime.TryRead(entry, context.InputTime, out MacTime time))
        {
            return RecordResult.DeadLettered(SourceNames.UnifiedLog, NoTime);
        }

        return kind switch
        {
            MacFindingKind.Start => NetworkObservations.Connection(entry, time, ended: false, context),
            MacFindingKind.Close => NetworkObservations.Connection(entry, time, ended: true, context),
            MacFindingKind.Reached => NetworkObservations.Reached(entry, time, context),
            MacFindingKind.Secured => NetworkObservations.Secured(entry, time, context),
            MacFindingKind.Socket => Socket(entry, time, context),
            MacFindingKind.Spawn => Spawn(entry, time, context),
            _ => Cipher(entry, time, context),
        };
    }

    private static RecordResult Socket(in MacEntry entry, MacTime time, RecordContext context)
    {
        if (!KernelSocket.TryRead(entry.Message, out KernelSocket socket) || socket.IsLoopback)
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        MacEndpoint local = MacEndpoint.Read(socket.Local);
        MacEndpoint remote = MacEndpoint.Read(socket.Remote);
        if (local.Address.IsLoopback || remote.Address.IsLoopback)
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        MacEvent record = MacEvent.Of(entry, time.Before(socket.Sums.DurationMs));
        record = record with { Process = MacEvent.ProcessOf(record.Host, socket.Process, socket.Pid) };
        if (socket.Listens)
        {
            context.Emit(record.Build(ObservationKind.Listen, Flow(default, local, socket)));
            return RecordResult.Observed(SourceNames.UnifiedLog);
        }

        bool inbound = socket.Direction == FlowDirection.Inbound;
        if (!inbound && !remote.Address.IsUnspecified && local.Port != 0)
        {
            NetworkObservations.Show(context.Of(MacState.State).LocalEnds.Tell(record, local.Port, remote), remote.Address, context);
        }

        FlowFields flow = inbound ? Flow(remote, local, socket) : Flow(local, remote, socket);
        string? uid = socket.Generation.IsEmpty ? null : string.Concat(FlowUids.Socket, Encoding.ASCII.GetString(socket.Generation));
        context.Emit(record.Build(ObservationKind.Connection, flow, uid));
        if (socket.IsSummary && socket.Sums.BytesIn is not null)
        {
            NetworkClose sums = socket.Sums;
            context.Emit(record.Build(ObservationKind.Flow, flow with
            {
                BytesOut = inbound ? sums.BytesIn : sums.BytesOut,
                BytesIn = inbound ? sums.BytesOut : sums.BytesIn,
                PacketsOut = inbound ? sums.PacketsIn : sums.PacketsOut,
                PacketsIn = inbound ? sums.PacketsOut : sums.PacketsIn,
                DurationMs = sums.DurationMs,
            }, uid));
        }

        return RecordResult.Observed(SourceNames.UnifiedLog);
    }

    private static FlowFields Flow(MacEndpoint source, MacEndpoint destination, in KernelSocket socket) => new()
    {
        SrcIp = source.Address,
        SrcPort = source.Port,
        DstIp = destination.Address,
        DstPort = destination.Port,
        Protocol = Protocols.Tcp,
        InitiatorKnown = socket.Direction != FlowDirection.Unknown,
        Direction = socket.Listens ? FlowDirection.Inbound : socket.Direction,
        IsPartial = source.Address.IsUnspecified || destination.Address.IsUnspecified,
    };

    private static RecordResult Spawn(in MacEntry entry, MacTime time, RecordContext context)
    {
        if (!LaunchdSpawn.TryRead(entry, out int pid, out ReadOnlySpan<byte> label))
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        MacEvent record = MacEvent.Of(entry, time);
        context.Emit((record with
        {
            Process = new()
            {
                Key = ProcessKey.FromPid(record.Host, pid, null),
                Pid = pid,
                ParentImage = entry.Process.IndexOf((byte)'/') >= 0 ? Encoding.UTF8.GetString(entry.Process) : "/sbin/launchd",
                Job = label.IsEmpty ? null : Encoding.UTF8.GetString(label),
            },
        }).Build(ObservationKind.ProcessStart));
        return RecordResult.Observed(SourceNames.UnifiedLog);
    }

    private static RecordResult Cipher(in MacEntry entry, MacTime time, RecordContext context)
    {
        ReadOnlySpan<byte> routine = CipherUse.Routine(entry.Message);
        string path = Encoding.UTF8.GetString(routine.IsEmpty ? entry.Sender : routine);
        context.Emit(MacEvent.Of(entry, time).Build(ObservationKind.CryptoUse, module: new() { Path = path }));
        return RecordResult.Observed(SourceNames.UnifiedLog);
    }
}

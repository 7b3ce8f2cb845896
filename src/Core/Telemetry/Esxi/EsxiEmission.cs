using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>Makes observations of what a line says.</summary>
internal static class EsxiEmission
{
    /// <summary>Hands on what a line says; the kind is one that says something.</summary>
    public static void Emit(this in EsxiFinding finding, EsxiEvent record, RecordContext context)
    {
        switch (finding.Kind)
        {
            case EsxiFindingKind.Connection:
            case EsxiFindingKind.Session:
                FlowFields flow = finding.Ends.Flow(finding.ServerName.IsEmpty ? null : Encoding.UTF8.GetString(finding.ServerName));

                // Several lines tell of one connection: with both ends known they are one observation.
                string? uid = !flow.IsPartial && flow.SrcPort != 0 && flow.DstPort != 0 ? flow.Key.CommunityId() : null;
                context.Emit(record.Build(ObservationKind.Connection, record.Process(finding.User), flow, uid));
                break;
            case EsxiFindingKind.Command:
                ProcessFields shell = record.Process(finding.User) ?? new();
                context.Emit(record.Build(
                    ObservationKind.ProcessStart, shell with { CommandLine = Encoding.UTF8.GetString(finding.Command) }));
                break;
            default:
                string path = Encoding.UTF8.GetString(finding.Command);
                string name = FilePaths.Name(path).ToLowerInvariant();
                context.Emit(record.Build(ObservationKind.ProcessStart, new()
                {
                    Key = name.Length == 0 ? null : ProcessKey.FromGuid(record.Host, name.Replace('|', '_')),
                    Image = path,
                }));
                break;
        }
    }
}

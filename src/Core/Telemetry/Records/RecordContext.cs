using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Network.Zeek;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Records;

/// <summary>What a normaliser needs beside the record: where observations go, and what the stream said before.</summary>
internal sealed class RecordContext(IObservationReceiver receiver, IngestionCounts counts, string? format = null)
{
    private readonly List<FieldSlots> _slots = [];

    /// <summary>The format that every record is read as, one of <see cref="FormatNames"/>; null to find it from content.</summary>
    public string? Format { get; } = format;

    /// <summary>Column names of the Zeek log being read, from its <c>#fields</c> line; null outside one.</summary>
    public ZeekHeader? ZeekHeader { get; set; }

    /// <summary>The order in which Suricata's flow objects have their fields, about twenty in all versions.</summary>
    public FieldOrder EveFlowOrder { get; } = new(Network.Suricata.EveFields.FlowNames, mostNames: 64);

    /// <summary>How many records the one being read is wrapped in.</summary>
    public int Depth { get; set; }

    /// <summary>Slots for the fields of a record at this depth; those of the records around it stay as they are.</summary>
    public FieldSlots Slots()
    {
        while (_slots.Count <= Depth)
        {
            _slots.Add(new());
        }

        return _slots[Depth];
    }

    /// <summary>Where observations go.</summary>
    public IObservationReceiver Receiver { get; } = receiver;

    /// <summary>Hands an observation on.</summary>
    public void Emit(Observation observation)
    {
        counts.Observations++;
        if (observation.Kind == ObservationKind.ModuleLoad)
        {
            counts.ModuleLoads++;
        }

        Receiver.Receive(observation);
    }

    /// <summary>Counts a library load that no analytic has a use for, without making an observation of it.</summary>
    public void CountUnwantedModule()
    {
        counts.Observations++;
        counts.ModuleLoads++;
    }
}

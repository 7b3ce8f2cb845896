using CipherWatch.Core.Ingestion;

namespace CipherWatch.Core.Telemetry;

/// <summary>What a normaliser needs beside the record: where observations go, and what the stream said before.</summary>
internal sealed class RecordContext(IObservationReceiver receiver, IngestionCounts counts, string? format = null)
{
    private readonly List<Json.FieldSlots> _slots = [];

    /// <summary>The format that every record is read as, one of <see cref="FormatNames"/>; null to find it from content.</summary>
    public string? Format { get; } = format;

    /// <summary>Column names of the Zeek log being read, from its <c>#fields</c> line; null outside one.</summary>
    public Network.Zeek.ZeekHeader? ZeekHeader { get; set; }

    /// <summary>The order in which Suricata's flow objects have their fields, about twenty in all versions.</summary>
    public Json.FieldOrder EveFlowOrder { get; } = new(Network.Suricata.EveFields.FlowNames, mostNames: 64);

    /// <summary>How many records the one being read is wrapped in.</summary>
    public int Depth { get; set; }

    /// <summary>Slots for the fields of a record at this depth; those of the records around it stay as they are.</summary>
    public Json.FieldSlots Slots()
    {
        while (_slots.Count <= Depth)
        {
            _slots.Add(new());
        }

        return _slots[Depth];
    }

    /// <summary>The name of a host that none of its records names: what macOS itself prints then.</summary>
    private const string Unnamed = "localhost";

    /// <summary>
    /// When the input was written (a file) or came in (an event): what dates records that have no time, or no year. Null where it is
    /// not known.
    /// </summary>
    public DateTimeOffset? InputTime { get; set; }

    /// <summary>What ESXi's lines said before.</summary>
    public Esxi.EsxiState Esxi { get; } = new();

    /// <summary>What the unified log of macOS said before.</summary>
    public MacOs.MacState MacOs { get; } = new();

    /// <summary>The input has ended: what waited for its further lines has them all.</summary>
    public void EndInput() => MacOs.Flush(this);

    /// <summary>Starts a new input: nothing of the one before carries over.</summary>
    public void BeginInput()
    {
        EndInput();
        ZeekHeader = null;
        Esxi.Begin();
    }

    /// <summary>The host that a record names, split; a name of its own where it names none.</summary>
    public static (string Host, string? Fqdn) HostOf(string? written) =>
        HostNames.Split(written) is ({ } host, var fqdn) ? (host, fqdn) : (Unnamed, null);

    /// <inheritdoc cref="HostOf(string?)"/>
    public static (string Host, string? Fqdn) HostOf(ReadOnlySpan<byte> written) => HostOf(
        written.IsEmpty || written.SequenceEqual("-"u8) ? null : System.Text.Encoding.UTF8.GetString(written));

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

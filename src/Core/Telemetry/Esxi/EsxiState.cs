using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// What a stream of ESXi lines said before: the last line of each program, which the next may go on with, and the columns of an
/// esxcli listing. Bounded; nothing is allocated once it is warm.
/// </summary>
internal sealed class EsxiState(RecordContext context) : IInputState, IRunState
{
    /// <summary>The state of a run.</summary>
    public static readonly ReaderState<EsxiState> State = new(context => new(context));

    /// <summary>Programs whose last line is kept. Two that share a place forget each other's.</summary>
    private const int Places = 64;

    private readonly EsxiKeptLine?[] _lines = new EsxiKeptLine?[Places];
    private EsxiKeptLine? _last;

    /// <summary>The listing being read.</summary>
    public EsxcliListing Listing { get; } = new();

    /// <inheritdoc/>
    public void BeginInput()
    {
        Listing.Begin();
        Finish();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        _last = null;
        foreach (EsxiKeptLine? line in _lines)
        {
            line?.GiveUp(context);
            line?.Forget();
        }
    }

    /// <summary>Keeps a line that may be gone on with.</summary>
    public EsxiKeptLine Keep(in EsxiHeader header, ReadOnlySpan<byte> text, EsxiFindingKind finding)
    {
        ulong key = EsxiKeptLine.KeyOf(header.Host, header.Program);
        ref EsxiKeptLine? place = ref _lines[key % Places];
        place ??= new();
        if (finding != EsxiFindingKind.Broken || !place.Is(key, header, text))
        {
            place.GiveUp(context);
            place.Set(key, header, text, finding);
        }

        _last = place;
        return place;
    }

    /// <summary>
    /// The line that this one goes on with: by its header, or the last one where it has none; null where it is not known.
    /// </summary>
    public EsxiKeptLine? Before(in EsxiHeader header)
    {
        if (header.Program.IsEmpty && header.Host.IsEmpty)
        {
            return _last;
        }

        ulong key = EsxiKeptLine.KeyOf(header.Host, header.Program);
        return _lines[key % Places] is { } line && line.Key == key ? line : null;
    }
}

using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>
/// The fields at the top level that one JSON format reads or is told by: declared once, in the format's own folder, and named by
/// its row in the table of formats.
/// </summary>
/// <remarks>
/// One pass over a record finds the fields of all formats, so a name has one place whichever formats declare it. A place is known
/// as soon as it is declared: kept in a static readonly field, it is a constant to the just-in-time compiler. Which class declares
/// first makes no difference; a class that declares a new name once the table is complete is in no row, and is told so.
/// </remarks>
internal sealed class TopLevelFields
{
    private static readonly Lock Declaring = new();
    private static readonly Dictionary<string, int> Places = new(StringComparer.Ordinal);
    private static bool _complete;

    private readonly List<string> _names = [];

    /// <summary>The names this format has declared, in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>
    /// Names by which a record tells that its names were changed on the way: one of them sets <see cref="JsonRecord.IsTold"/>, so that
    /// all other records need not be asked for each.
    /// </summary>
    public IReadOnlyList<string> Tells { get; init; } = [];

    /// <summary>Names of lists: none or one element is no more a single value than two are.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Names of messages, which may be empty or a hyphen.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Declares a field; returns its place in every record. Declared again, it keeps its place.</summary>
    /// <exception cref="InvalidOperationException">The table of formats is complete without this format.</exception>
    public int At(string name)
    {
        lock (Declaring)
        {
            if (!Places.TryGetValue(name, out int place))
            {
                if (_complete)
                {
                    throw new InvalidOperationException($"'{name}' is declared by no row of the table of formats.");
                }

                place = Places.Count;
                Places.Add(name, place);
            }

            if (!_names.Contains(name))
            {
                _names.Add(name);
            }

            return place;
        }
    }

    /// <summary>Declares fields; returns their places in the same order.</summary>
    public int[] At(IEnumerable<string> names) => [.. names.Select(At)];

    /// <summary>Declares fields; returns their places in the same order.</summary>
    public int[] At(FieldNames names) => At(Enumerable.Range(0, names.Count).Select(place => names[place]));

    /// <summary>Every name that was declared, each at its place; from now on no name can be added.</summary>
    public static FieldNames Complete()
    {
        lock (Declaring)
        {
            _complete = true;
            string[] names = new string[Places.Count];
            foreach ((string name, int place) in Places)
            {
                names[place] = name;
            }

            return new(names);
        }
    }
}

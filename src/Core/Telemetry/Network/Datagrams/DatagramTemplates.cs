using System.Collections.Concurrent;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>The exporter that a template is of, as far as a datagram and the way it came say.</summary>
/// <param name="Exporter">The file, or the event hub, partition and key that it came by.</param>
/// <param name="Version">9 or 10.</param>
/// <param name="Source">Source id or observation domain.</param>
/// <param name="Id">The template's id.</param>
internal readonly record struct TemplateKey(string Exporter, int Version, uint Source, ushort Id);

/// <summary>A template as a store keeps it; under the id 0, which none has, what the exporter said of itself.</summary>
/// <param name="Exporter">The file, or the event hub, partition and key that it came by.</param>
/// <param name="Version">9 or 10.</param>
/// <param name="Source">Source id or observation domain.</param>
/// <param name="Id">The template's id.</param>
/// <param name="IsOptions">It tells of the exporter, and of no flow.</param>
/// <param name="Fields">Its fields, as <see cref="DatagramTemplate.Pack"/> writes them; empty where it was withdrawn.</param>
public sealed record HeldTemplate(string Exporter, int Version, uint Source, ushort Id, bool IsOptions, ReadOnlyMemory<byte> Fields);

/// <summary>
/// Templates that exporters sent, for the data that follows them. An exporter sends its templates again every few minutes, so that
/// forgetting them costs minutes, and what they cost is a dead letter that can be replayed; where that is too much, a store keeps what is
/// learned. Safe for concurrent use.
/// </summary>
public sealed class DatagramTemplates
{
    /// <summary>Templates that are held: far above what a fleet's exporters have; beyond, all are forgotten and learned anew.</summary>
    private const int MaxTemplates = 65_536;

    private readonly ConcurrentDictionary<TemplateKey, DatagramTemplate> _templates = new();
    private readonly ConcurrentDictionary<TemplateKey, ExporterOptions> _options = new();
    private readonly ConcurrentDictionary<TemplateKey, DatagramTemplate> _learned = new();
    private readonly ConcurrentDictionary<TemplateKey, bool> _told = new();
    private volatile bool _hasMissed;

    /// <summary>Whether data came that no template described, since it was asked last: a store may have it.</summary>
    public bool HasMissed
    {
        get => _hasMissed;
        set => _hasMissed = value;
    }

    /// <summary>
    /// Whether a template may serve the data of another input where no other template has its ids: right for the files of one run,
    /// wrong where templates of many exporters are held for hours.
    /// </summary>
    public bool MayCrossInputs { get; init; }

    /// <summary>What was learned and has changed since this was called last, for a store.</summary>
    public IReadOnlyList<HeldTemplate> TakeLearned()
    {
        List<HeldTemplate> learned = [];
        foreach (TemplateKey key in _learned.Keys)
        {
            if (_learned.TryRemove(key, out DatagramTemplate? template))
            {
                learned.Add(new(key.Exporter, key.Version, key.Source, key.Id, template.IsOptions, template.Pack()));
            }
        }

        foreach (TemplateKey key in _told.Keys)
        {
            if (_told.TryRemove(key, out _) && _options.TryGetValue(key, out ExporterOptions? options))
            {
                learned.Add(new(key.Exporter, key.Version, key.Source, key.Id, true, options.Pack()));
            }
        }

        return learned;
    }

    /// <summary>Adds what a store kept.</summary>
    /// <returns>Whether it was not known, or was known otherwise.</returns>
    public bool Add(HeldTemplate held)
    {
        ArgumentNullException.ThrowIfNull(held);
        TemplateKey key = new(held.Exporter, held.Version, held.Source, held.Id);
        if (held.Id == 0)
        {
            // What was told since then counts more.
            ExporterOptions options = ExporterOptions.Unpack(held.Fields.Span);
            _options.AddOrUpdate(key, options, (_, told) => options.With(told));
            return false;
        }

        DatagramTemplate template = DatagramTemplate.Unpack(held.Id, held.IsOptions, held.Fields.Span);
        bool known = _templates.TryGetValue(key, out DatagramTemplate? before) ? before.Equals(template) : template.Fields.Count == 0;
        Hold(key, template);
        return !known;
    }

    internal void Learn(TemplateKey key, DatagramTemplate template)
    {
        if (!(_templates.TryGetValue(key, out DatagramTemplate? before) && before.Equals(template)))
        {
            _learned[key] = template;
        }

        Hold(key, template);
    }

    private void Hold(TemplateKey key, DatagramTemplate template)
    {
        if (template.Fields.Count == 0)
        {
            _templates.TryRemove(key, out _);
            return;
        }

        if (_templates.Count >= MaxTemplates)
        {
            _templates.Clear();
        }

        _templates[key] = template;
    }

    internal DatagramTemplate? Of(TemplateKey key)
    {
        DatagramTemplate? template = _templates.GetValueOrDefault(key);
        _hasMissed |= template is null;
        return template;
    }

    /// <summary>Takes what a record of options data says of its exporter.</summary>
    internal void LearnOptions(TemplateKey key, in FlowValues values)
    {
        if (values.BootedMs == 0 && values.OneIn == 0)
        {
            return;
        }

        if (_options.Count >= MaxTemplates)
        {
            _options.Clear();
        }

        ExporterOptions told = ExporterOptions.Of(values);
        key = key with { Id = 0 };
        _options.TryGetValue(key, out ExporterOptions? before);
        ExporterOptions now = _options.AddOrUpdate(key, told, (_, known) => known.With(told));
        if (before is null || !before.Says(now))
        {
            _told[key] = true;
        }
    }

    /// <summary>What the exporter of a data set said of itself; null where it said nothing that counts.</summary>
    internal ExporterOptions? OptionsOf(TemplateKey key)
    {
        if (_options.TryGetValue(key with { Id = 0 }, out ExporterOptions? options) || !MayCrossInputs)
        {
            return options;
        }

        ExporterOptions[] others =
        [
            .. _options.Where(entry => entry.Key.Version == key.Version
                && entry.Key.Source == key.Source).Select(entry => entry.Value).Take(2),
        ];
        bool isOnlyExporter = !_templates.Keys.Any(known => known.Exporter == key.Exporter);
        return others is [var only] && isOnlyExporter ? only : null;
    }

    /// <summary>
    /// The one template that any input has for this source and id; null where there is none, or where inputs disagree: exporters'
    /// numbers are their own, and data read by another's template would be nonsense that looks like data.
    /// </summary>
    /// <param name="key">Source and id; the input does not count.</param>
    /// <param name="bytes">Bytes of the data: they have to be a whole number of records, and padding at most.</param>
    internal DatagramTemplate? OnlyOne(TemplateKey key, int bytes)
    {
        const int MaxPadding = 3;
        if (!MayCrossInputs)
        {
            return null;
        }

        DatagramTemplate[] candidates =
        [
            .. _templates.Where(entry => entry.Key.Version == key.Version && entry.Key.Source == key.Source && entry.Key.Id == key.Id)
                .Select(entry => entry.Value).Distinct().Take(2),
        ];
        return candidates is [var only] && bytes >= only.MinBytes && (!only.IsFixed || bytes % only.MinBytes <= MaxPadding) ? only : null;
    }
}

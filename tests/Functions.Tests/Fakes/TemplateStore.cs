using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Functions.Exporters;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>Templates of flow exporters in memory.</summary>
internal sealed class TemplateStore : ITemplateStore
{
    private readonly Dictionary<(string Lane, string Exporter, int Version, uint Source, ushort Id), HeldTemplate> _held = [];

    public int Reads { get; private set; }

    /// <summary>Times that something was kept.</summary>
    public int Kept { get; private set; }

    public Task KeepAsync(string lane, IReadOnlyList<HeldTemplate> templates, CancellationToken cancellationToken)
    {
        Kept++;
        foreach (HeldTemplate template in templates)
        {
            _held[(lane, template.Exporter, template.Version, template.Source, template.Id)] = template;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<HeldTemplate>> ReadAsync(string lane, CancellationToken cancellationToken)
    {
        Reads++;
        return Task.FromResult<IReadOnlyList<HeldTemplate>>([.. _held.Where(held => held.Key.Lane == lane).Select(held => held.Value)]);
    }
}

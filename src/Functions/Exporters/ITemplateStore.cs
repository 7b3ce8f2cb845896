using CipherWatch.Core.Telemetry.Network.Datagrams;

namespace CipherWatch.Functions.Exporters;

/// <summary>Keeps the templates of flow exporters, so that another worker, or the same after a restart, can read their data.</summary>
public interface ITemplateStore
{
    /// <summary>Keeps templates of a lane; the same again changes nothing.</summary>
    Task KeepAsync(string lane, IReadOnlyList<HeldTemplate> templates, CancellationToken cancellationToken);

    /// <summary>All templates that are kept of a lane.</summary>
    Task<IReadOnlyList<HeldTemplate>> ReadAsync(string lane, CancellationToken cancellationToken);
}

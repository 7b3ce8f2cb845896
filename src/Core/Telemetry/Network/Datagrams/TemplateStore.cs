namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>The templates that exporters have sent. They hold for the data behind them, in later inputs too.</summary>
/// <remarks>
/// A datagram does not name its exporter: what tells one from another is the observation domain (v9: source id) that each
/// counts its templates in. Exporters that share one must not share a stream.
/// </remarks>
internal sealed class TemplateStore
{
    /// <summary>Templates that are kept; an exporter has a few dozen. Beyond it all are forgotten, and exporters send them again.</summary>
    private const int MostTemplates = 16_384;

    private readonly Dictionary<(int Version, uint Domain, int Id), Template> _templates = [];

    /// <summary>Keeps a template in place of the one of its id.</summary>
    public void Put(in DatagramHeader header, Template template)
    {
        if (template.Fields.Length == 0)
        {
            _templates.Remove((header.Version, header.Domain, template.Id));
            return;
        }

        if (_templates.Count >= MostTemplates)
        {
            _templates.Clear();
        }

        _templates[(header.Version, header.Domain, template.Id)] = template;
    }

    /// <summary>The template of a data set; null while it has not been sent.</summary>
    public Template? Find(in DatagramHeader header, int id) => _templates.GetValueOrDefault((header.Version, header.Domain, id));
}

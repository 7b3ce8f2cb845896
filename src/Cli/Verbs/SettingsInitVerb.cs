using System.CommandLine;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;
using CipherWatch.Sinks;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>settings init</c>: a settings file to begin with, which changes nothing yet.</summary>
internal sealed class SettingsInitVerb : VerbCommand
{
    private const string Text = """
        {
          // Settings of CipherWatch. What is not named here is as it ships; 'cipherwatch settings show' has it all.
          // Each name is explained in docs/settings.md. A name that is not known is an error, at every depth.

          // Programs whose use of cryptography is expected. The list replaces the shipped one: copy that first.
          // "AllowedCryptoProcesses": [ { "image": "C:\\Program Files\\Acme Backup\\*.exe", "signer": "Acme*" } ],

          // Where ESXi hosts may talk to: host names, addresses, CIDRs.
          // "AllowedMgmtHosts": [ "vcenter.example", "10.20.0.0/16" ],

          // HTTP proxies of the site, each with its port: names, addresses, CIDRs.
          // "Proxies": [ "10.0.0.8:3128", "proxy.example:8080" ],

          // Evidence that says nothing at this site: 0 switches a kind off.
          // "EvidenceWeights": { "oddPort": 0 },

          // Verdicts on findings that are wanted: 'cipherwatch suppress ID --reason …' adds to it.
          "Suppressions": [
          ]
        }
        """;

    private readonly Argument<string?> _file = new("file")
    {
        Description = $"The file to write; without it ./{SettingsPlaces.FileName}. One that exists is left as it is.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json = CommonOptions.Json("The file's path as a JSON object.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public SettingsInitVerb()
        : base("init", "Begin a settings file, with what it may say in comments.")
    {
        Add(_file);
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("settings init", $"Write ./{SettingsPlaces.FileName}, which a run here uses from then on."),
        ("settings init site.json", "Under another name, for --settings."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        string path = arguments.GetValue(_file) ?? terminal.Places.Default;
        try
        {
            using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
            using StreamWriter writer = new(file) { NewLine = "\n" };
            writer.Write(Text.ReplaceLineEndings("\n") + "\n");
        }
        catch (IOException) when (Path.Exists(path))
        {
            throw new UsageException($"{path} exists already: it is left as it is. Name another file, or edit this one.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"{path}: cannot be written ({exception.Message.TrimEnd('.')}).", exception);
        }

        using StreamWriter output = new(terminal.Output, leaveOpen: true) { NewLine = "\n" };
        if (arguments.GetValue(_json))
        {
            output.WriteLine(new System.Text.Json.Nodes.JsonObject { ["file"] = path }.ToJsonString());
        }
        else if (!arguments.GetValue(_quiet))
        {
            output.WriteLine($"{path} is written. It changes nothing yet: edit it, then 'cipherwatch settings check'.");
        }

        return Task.FromResult(ExitCode.Done);
    }
}

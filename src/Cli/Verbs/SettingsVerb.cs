using System.CommandLine;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>settings</c>: the settings file itself.</summary>
internal sealed class SettingsVerb : Command
{
    public SettingsVerb()
        : base("settings", "Check, show or begin a settings file.")
    {
        Add(new SettingsCheckVerb());
        Add(new SettingsShowVerb());
        Add(new SettingsInitVerb());
    }
}

using System.Text.Json;

namespace CipherWatch.Functions.Tests.Hosting;

/// <summary>Files that the host reads, as they lie beside the built app.</summary>
internal static class HostFile
{
    /// <summary>Reads one.</summary>
    public static JsonElement Read(string name) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name)));
}

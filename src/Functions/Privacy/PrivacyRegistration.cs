using CipherWatch.Functions.Hosting;
using Microsoft.Extensions.Compliance.Redaction;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CipherWatch.Functions.Privacy;

/// <summary>Reads how much of private data a deployment wants kept.</summary>
internal static class PrivacyRegistration
{
    private const string Keep = "keep";
    private const string Redact = "redact";
    private const string LeaveOut = "leave-out";

    /// <summary>Adds it.</summary>
    /// <exception cref="InvalidOperationException">A setting is none of its words: an app that keeps more than it was told must not
    /// start.</exception>
    public static void AddPrivacy(this IServiceCollection services, IConfiguration configuration)
    {
        string lines = Word(configuration, AppSettings.CommandLines, Keep, Redact, LeaveOut);
        services.AddRedaction(redaction =>
        {
            if (lines == Keep)
            {
                redaction.SetRedactor<NullRedactor>(PrivateData.CommandLine);
            }
            else if (lines == Redact)
            {
                redaction.SetRedactor<CommandLineRedactor>(PrivateData.CommandLine);
            }
            else
            {
                redaction.SetRedactor<ErasingRedactor>(PrivateData.CommandLine);
            }
        });
        services.AddSingleton<DetectionPrivacy>();
    }

    /// <summary>Whether the bytes of dead letters are kept.</summary>
    public static bool KeepsDeadLetterBytes(IConfiguration configuration) =>
        Word(configuration, AppSettings.DeadLetterBytes, Keep, LeaveOut) == Keep;

    private static string Word(IConfiguration configuration, string name, params string[] words) =>
        configuration[name] is not { Length: > 0 } text
        ? words[0]
        : Array.Find(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? throw new InvalidOperationException(
            $"{name} is '{text}'. It must be one of: {string.Join(", ", words)}.");
}

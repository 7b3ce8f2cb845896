using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>Lets an implant live through a day on one of its hosts.</summary>
/// <param name="implant">Which.</param>
/// <param name="actor">The host at hand.</param>
/// <param name="begin">When it begins that day.</param>
/// <param name="span">How long the host runs that day.</param>
internal delegate void ImplantDay(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span);

/// <summary>A kind of implant.</summary>
/// <param name="Name">The name that <c>--implants</c> takes.</param>
/// <param name="Platform">What it runs on.</param>
/// <param name="Shows">What the telemetry can show of it.</param>
/// <param name="Does">What it does, in a line.</param>
/// <param name="Run">Its behaviour.</param>
internal sealed record ImplantKind(string Name, HostPlatform Platform, IReadOnlyList<string> Shows, string Does, ImplantDay Run)
{
    /// <summary>A sensor that exports first bytes sees ciphertext, or what XOR and ECB leave of the plaintext.</summary>
    public const string Payload = "payload";

    /// <summary>The host records the load of a cipher's library, or of a cipher module.</summary>
    public const string Library = "library";

    /// <summary>The host records what is odd about the program: path, signature, parent, injection.</summary>
    public const string Program = "program";

    /// <summary>A listing or log names the connection.</summary>
    public const string Connection = "connection";

    /// <summary>Hosts that one of it needs.</summary>
    public int Hosts { get; init; } = 1;

    /// <summary>
    /// A control: hostile, but no symmetric cryptography without a key exchange. It is labelled <c>attack</c> and counts neither
    /// way.
    /// </summary>
    public bool IsControl { get; init; }
}

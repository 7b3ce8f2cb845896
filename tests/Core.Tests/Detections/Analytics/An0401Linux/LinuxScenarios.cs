using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Tests.Detections.Analytics.An0401Linux;

/// <summary>Programs of Linux, and what is found of them.</summary>
internal static class LinuxScenarios
{
    public const string Crypto = "/usr/lib/x86_64-linux-gnu/libcrypto.so.3";
    public const string Tls = "/usr/lib/x86_64-linux-gnu/libssl.so.3";
    public const string Gcrypt = "/usr/lib/x86_64-linux-gnu/libgcrypt.so.20";
    public const string RawAes = "/usr/lib/python3/dist-packages/Crypto/Cipher/_raw_aes.cpython-311-x86_64-linux-gnu.so";
    public const string Python = "/usr/bin/python3.11";

    public static Scenario Linux(string image, string? commandLine = null) => new(image, TelemetryPlatform.Linux, commandLine);

    public static Scenario PythonImplant() =>
        Linux(Python, "/usr/bin/python3 /tmp/.x/agent.py").Started("/usr/bin/bash").Loads(RawAes).Connects();

    public static int Weight(IReadOnlyList<Detection> found, string kind) =>
        Assert.Single(found, detection => detection.AnalyticId == "AN0401").Evidence.FirstOrDefault(evidence => evidence.Kind == kind)?.Weight ?? 0;

    public static PayloadScore Xor => Scenario.Random() with { Verdict = PayloadVerdict.Xor, Score = 5, Z = -9, XorKeyLength = 8 };
}

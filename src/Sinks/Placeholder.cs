namespace CipherWatch.Sinks;

internal static class P;

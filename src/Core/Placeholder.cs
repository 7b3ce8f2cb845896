namespace CipherWatch.Core;

internal static class P;

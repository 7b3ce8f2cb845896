using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CipherWatch.Core.Correlation.Facts;

/// <summary>Cuts text that telemetry brings to what a state has room for. Cut before it merges, so that order does not matter.</summary>
/// <remarks>An attacker chooses paths and command lines; a state holds a fixed number of texts, each bounded here.</remarks>
internal static class BoundedText
{
    /// <summary>Bytes of an executable's path. Windows' own bound is 260 characters, unless a program asks for more.</summary>
    public const int Path = 260;

    /// <summary>Bytes of the path of a program that started threads.</summary>
    public const int SourcePath = 96;

    /// <summary>Bytes of a command line: its program and the arguments that tell; the observation holds it whole.</summary>
    public const int CommandLine = 400;

    /// <summary>Bytes of a library's file name.</summary>
    public const int FileName = 48;

    /// <summary>Bytes of the path of one library of many.</summary>
    public const int ListedPath = 42;

    /// <summary>Bytes of a host name: names that are longer are made by machines, and end in what matters.</summary>
    public const int HostName = 48;

    /// <summary>Bytes of a name under which a process calls others.</summary>
    public const int CalledName = 40;

    /// <summary>Bytes of the path of one image of the several that run under a process number.</summary>
    public const int ImagePath = 160;

    /// <summary>Bytes of the command line of one of several images.</summary>
    public const int ImageCommandLine = 240;

    /// <summary>Bytes of the path of the parent of one of several images.</summary>
    public const int ImageParent = 80;

    /// <summary>Bytes of what a signature or a job is called, and of an account, of one of several images.</summary>
    public const int ImageName = 48;

    /// <summary>Bytes of other names: accounts, signers.</summary>
    public const int Name = 80;

    private const string Mark = "…";
    private const int MarkBytes = 3;
    private const int MaxCharBytes = 3;

    /// <summary>The text, or as much of its beginning as fits, marked.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Head(string? text, int maxBytes) =>
        Fits(text, maxBytes) ? text : string.Concat(text.AsSpan(0, Length(text, maxBytes - MarkBytes, fromEnd: false)), Mark);

    /// <summary>The text, or as much of its end as fits, marked.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Tail(string? text, int maxBytes) =>
        Fits(text, maxBytes) ? text : string.Concat(Mark, text.AsSpan(text.Length - Length(text, maxBytes - MarkBytes, fromEnd: true)));

    /// <summary>The text, or as much of both its ends as fits, marked between: of a path, where it lies and what it is.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Ends(string? text, int maxBytes)
    {
        if (Fits(text, maxBytes))
        {
            return text;
        }

        int head = (maxBytes - MarkBytes) / 2;
        return string.Concat(
            text.AsSpan(0, Length(text, head, fromEnd: false)),
            Mark,
            text.AsSpan(text.Length - Length(text, maxBytes - MarkBytes - head, fromEnd: true)));
    }

    private static bool Fits([NotNullWhen(false)] string? text, int maxBytes) =>
        text is null || text.Length * MaxCharBytes <= maxBytes || Encoding.UTF8.GetByteCount(text) <= maxBytes;

    /// <summary>Characters from one end that fit, whole code points only.</summary>
    private static int Length(string text, int maxBytes, bool fromEnd)
    {
        int low = 0;
        int high = Math.Min(text.Length, maxBytes);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            ReadOnlySpan<char> part = fromEnd ? text.AsSpan(text.Length - middle) : text.AsSpan(0, middle);
            (low, high) = Encoding.UTF8.GetByteCount(part) <= maxBytes ? (middle, high) : (low, middle - 1);
        }

        bool splits = low > 0 && (fromEnd ? char.IsLowSurrogate(text[^low]) : char.IsHighSurrogate(text[low - 1]));
        return splits ? low - 1 : low;
    }
}

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>Pieces of text that tell lines of formats apart, and are rare in lines of others.</summary>
[Flags]
internal enum LineSigns : byte
{
    None = 0,

    /// <summary>A line feed with something behind it: the line is a record of several.</summary>
    LineFeed = 1,

    /// <summary><c>t(</c>, of <c>audit(</c>.</summary>
    Stamp = 1 << 1,

    /// <summary><c>qu</c>, of <c>squid</c>.</summary>
    Squid = 1 << 2,

    /// <summary>A blank and a bracket, as before the time of a web server's line.</summary>
    Bracket = 1 << 3,

    /// <summary><c>F:</c>, of <c>CEF:</c>.</summary>
    Cef = 1 << 4,

    /// <summary><c>&lt;E</c>, of <c>&lt;Event</c>.</summary>
    Event = 1 << 5,

    /// <summary>A comma with something behind it.</summary>
    Comma = 1 << 6,

    /// <summary>All of them.</summary>
    All = (1 << 7) - 1,
}

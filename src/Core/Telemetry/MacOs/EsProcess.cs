using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// Reads what Endpoint Security says of a process, as <c>eslogger</c> and Mac Monitor write it: nested objects, in Mac Monitor's first
/// version a flat one.
/// </summary>
/// <remarks>Source of the flags: XNU, osfmk/kern/cs_blobs.h.</remarks>
internal static class EsProcess
{
    /// <summary>The signature holds.</summary>
    private const long Valid = 0x1;

    /// <summary>Signed by nobody: the identifier is whatever the linker wrote.</summary>
    private const long AdHoc = 0x2;

    /// <summary>There is a signature.</summary>
    private const long HasSignature = 0x20000000;

    private static readonly FieldNames Names = new(
        "executable", "audit_token", "pid", "signing_id", "team_id", "is_platform_binary", "codesigning_flags", "is_adhoc_signed",
        "command_line", "euid", "euid_human", "process_path");

    private static readonly FieldNames PathName = new("path");

    private static readonly FieldNames Token = new("pid", "euid");

    private enum Field
    {
        Executable,
        AuditToken,
        Pid,
        SigningId,
        TeamId,
        IsPlatformBinary,
        Flags,
        IsAdHoc,
        CommandLine,
        Euid,
        EuidName,
        ProcessPath,
    }

    /// <summary>Reads the process that an object describes; null where it has neither number nor path.</summary>
    /// <param name="text">The record.</param>
    /// <param name="start">Offset of the object's brace.</param>
    /// <param name="host">The host it runs on.</param>
    /// <param name="values">Reads values, and keeps what is wrong with them.</param>
    public static ProcessFields? Read(ReadOnlySpan<byte> text, int start, string host, FieldValues values)
    {
        JsonRecord process = JsonRecord.Scan(text, start, Names, stackalloc FieldSpan[Names.Count]);
        FieldSpan pidField = process[(int)Field.Pid];
        FieldSpan user = process[(int)(process.Has((int)Field.EuidName) ? Field.EuidName : Field.Euid)];
        if (process[(int)Field.AuditToken].Form == FieldForm.Object)
        {
            JsonRecord token = JsonRecord.Scan(text, process[(int)Field.AuditToken].Start, Token, stackalloc FieldSpan[Token.Count]);
            pidField = token.Has(0) ? token[0] : pidField;
            user = user.HasValue ? user : token[1];
        }

        int? pid = (int?)values.Count(pidField, int.MaxValue);
        string? path = PathOf(text, process[(int)Field.Executable]) ?? process[(int)Field.ProcessPath].Text(text);
        if (pid is null && path is null)
        {
            return null;
        }

        string? team = process[(int)Field.TeamId].Text(text);
        bool? platform = values.Boolean(process[(int)Field.IsPlatformBinary]);
        long? flags = values.Whole(process[(int)Field.Flags]);
        bool? adHoc = values.Boolean(process[(int)Field.IsAdHoc]) ?? (flags is { } set ? (set & AdHoc) != 0 : null);
        return new()
        {
            Key = pid is { } known ? ProcessKey.FromPid(host, known, null) : null,
            Pid = pid,
            Image = path,
            CommandLine = process[(int)Field.CommandLine].Text(text),
            User = values.Text(user),
            SigningId = process[(int)Field.SigningId].Text(text),
            TeamId = team,
            IsPlatformBinary = platform,
            Signed = Signed(platform, team, adHoc, flags),
            Signer = team ?? (platform is true ? "Apple" : null),
        };
    }

    /// <summary>The path of a file that an object describes; null where it holds none.</summary>
    public static string? PathOf(ReadOnlySpan<byte> text, FieldSpan file) => file.Form == FieldForm.Object
        ? JsonRecord.Scan(text, file.Start, PathName, stackalloc FieldSpan[1])[0].Text(text)
        : file.Text(text);

    /// <summary>Arguments with blanks between them, as every other source gives a command line; null where there are none.</summary>
    public static string? Arguments(ReadOnlySpan<byte> text, FieldSpan list)
    {
        list = JsonScalars.List(text, list);
        if (list.Form != FieldForm.Array)
        {
            return null;
        }

        StringBuilder line = new();
        JsonScanner arguments = JsonScanner.OverArray(text, list.Start);
        while (arguments.NextElement(out FieldSpan argument))
        {
            line.Append(line.Length == 0 ? string.Empty : " ").Append(argument.Text(text) ?? (argument.Length == 0 ? "\"\"" : "-"));
        }

        return line.Length == 0 ? null : line.ToString();
    }

    /// <summary>Whether somebody vouches for a process; null where nothing says.</summary>
    private static bool? Signed(bool? platform, string? team, bool? adHoc, long? flags) =>
        platform is true ? true
        : adHoc is true ? false
        : flags is { } set ? (set & Valid) != 0 && (set & HasSignature) != 0
        : team is not null ? true
        : null;
}

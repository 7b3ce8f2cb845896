namespace CipherWatch.Core.Detections.Analytics;

/// <summary>What an interpreter was told to run.</summary>
internal enum ScriptSource
{
    /// <summary>Its command line is not known, or names a module of its own library.</summary>
    Unknown,

    /// <summary>A file.</summary>
    File,

    /// <summary>The command line itself, or what is typed or piped into it: nothing that stays.</summary>
    Inline,
}

/// <summary>The script that an interpreter runs, read from its command line.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Path">The file, as written; null where it is none.</param>
internal readonly record struct ScriptCommand(ScriptSource Source, string? Path)
{
    /// <summary>Options that are followed by a value, of Python, Perl, Ruby, PHP, Node and Lua.</summary>
    private static readonly string[] WithValue = ["-W", "-X", "-r", "--require", "--import", "--loader"];

    private static readonly string[] InlineOptions = ["-c", "-e", "-E", "-r", "--eval", "-p", "--print", "-pe", "-ne", "-"];

    /// <summary>Reads the command line of an interpreter.</summary>
    /// <param name="commandLine">Its arguments joined by blanks, the program first; null where not known.</param>
    public static ScriptCommand Of(string? commandLine)
    {
        string[] words = commandLine?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (words.Length == 0)
        {
            return default;
        }

        for (int at = 1; at < words.Length; at++)
        {
            string word = words[at].Trim('"', '\'');
            if (word == "-m")
            {
                return default;
            }

            if (IsInline(word, words[0]))
            {
                return new(ScriptSource.Inline, null);
            }

            if (word.Length > 0 && word[0] != '-')
            {
                return new(ScriptSource.File, word);
            }

            at += WithValue.Contains(word) ? 1 : 0;
        }

        // Nothing to run: it reads what is typed or piped into it.
        return new(ScriptSource.Inline, null);
    }

    /// <summary>Whether an option is followed by code. <c>-E</c> and <c>-r</c> mean that to Perl and PHP only.</summary>
    private static bool IsInline(string option, string program) => InlineOptions.Contains(option) && option switch
    {
        "-E" => program.Contains("perl", StringComparison.Ordinal),
        "-r" => program.Contains("php", StringComparison.Ordinal),
        "-e" or "-pe" or "-ne" or "-p" => !program.Contains("python", StringComparison.Ordinal),
        _ => true,
    };
}

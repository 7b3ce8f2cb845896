namespace CipherWatch.Calibration;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = """
        Measures the randomness scoring and writes docs/calibration.md with its plots.

          --quick           about a twentieth of the samples: minutes instead of an hour
          --out DIR         folder of the report (default: docs)
          --media DIR       photographs and music to encode (default: synthetic ones)
          --plain DIR       more plaintext to read; may be given again
          --captures DIR    packet captures to judge flow by flow
          --cli PATH        cipherwatch (or its .dll), to be timed against ent as a whole process
          --cache DIR       keeps compressed streams between runs (default: a folder under the temporary one)
          --only NAME       one section: ciphertext, plain, compressed, accumulation, weak, transports, captures, cost
          --xor-models      prints the byte models of the XOR test and ends
        """;

    public bool Quick { get; init; }

    public bool XorModels { get; init; }

    public string Out { get; init; } = "docs";

    public string? Media { get; init; }

    public string? Captures { get; init; }

    public string? Cli { get; init; }

    public IReadOnlyList<string> Plain { get; init; } = [];

    public string Cache { get; init; } = Path.Combine(Path.GetTempPath(), "cipherwatch-calibration");

    public string? Only { get; init; }

    public bool Wants(string section) => Only is null || Only == section;

    /// <summary>A count of samples, cut down for a quick run.</summary>
    public int Count(int full) => Quick ? Math.Max(60, full / 20) : full;

    /// <summary>Reads the arguments, or null when they are not understood.</summary>
    public static Options? Parse(string[] args)
    {
        Options options = new Options();
        Queue<string> queue = new Queue<string>(args);
        while (queue.TryDequeue(out string? name))
        {
            if (name is "--quick" or "--xor-models")
            {
                options = name == "--quick" ? options with { Quick = true } : options with { XorModels = true };
                continue;
            }

            if (!queue.TryDequeue(out string? value))
            {
                return null;
            }

            switch (name)
            {
                case "--out":
                    options = options with { Out = value };
                    break;
                case "--media":
                    options = options with { Media = value };
                    break;
                case "--captures":
                    options = options with { Captures = value };
                    break;
                case "--cli":
                    options = options with { Cli = value };
                    break;
                case "--plain":
                    options = options with { Plain = [.. options.Plain, value] };
                    break;
                case "--cache":
                    options = options with { Cache = value };
                    break;
                case "--only":
                    options = options with { Only = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}

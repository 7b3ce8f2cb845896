namespace CipherWatch.Calibration.Corpus;

/// <summary>
/// Plaintext by class, from files any machine with the .NET SDK has, and from folders that the caller names.
/// Files are taken in name order and dealt out to bundles, so that two runs see the same bytes.
/// </summary>
internal static class PlainSources
{
    private const int BundleSize = 1 << 20;
    private const int MaxPartBytes = 256 * 1024;
    private const int MaxBundles = 8;

    private static readonly (string Class, string[] Patterns)[] Classes =
    [
        ("text", ["*.txt", "*.md", "*.rst", "LICENSE*", "copyright", "changelog*"]),
        ("xml", ["*.xml", "*.targets", "*.props", "*.html", "*.svg", "*.xsd"]),
        ("json", ["*.json"]),
        ("code", ["*.cs", "*.py", "*.js", "*.ps1", "*.sh", "*.pm", "*.h", "*.c"]),
        ("elf", ["*.so", "*.so.*"]),
        ("pe", ["*.dll", "*.exe"]),
    ];

    /// <summary>Bundles of about a megabyte for each class; classes with nothing to read are left out.</summary>
    public static Dictionary<string, List<byte[]>> Load(IEnumerable<string> folders)
    {
        Dictionary<string, List<byte[]>> bundles = new Dictionary<string, List<byte[]>>();
        string[] roots = folders.Where(Directory.Exists).ToArray();
        foreach ((string? name, string[]? patterns) in Classes)
        {
            string[] parts = roots.SelectMany(root => patterns.SelectMany(pattern => Files(root, pattern)))
                .Distinct().Order(StringComparer.Ordinal).ToArray();
            List<byte[]> made = Bundle(parts, name);
            for (int i = made.Count; name == "json" && i < MaxBundles; i++)
            {
                made.Add(SyntheticText.JsonLog(BundleSize, seed: i));
            }

            if (made.Count > 0)
            {
                bundles[name] = made;
            }
        }

        return bundles;
    }

    /// <summary>The SDK's own folder, and the usual places for documents, scripts and libraries.</summary>
    public static IEnumerable<string> DefaultFolders()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        yield return Path.GetFullPath(Path.Combine(framework, "..", "..", ".."));
        yield return "/usr/share/doc";
        yield return "/usr/share/perl";
        yield return "/usr/lib/python3";
        yield return "/usr/lib/x86_64-linux-gnu";
    }

    private static IEnumerable<string> Files(string root, string pattern) =>
        Directory.EnumerateFiles(root, pattern, new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            MaxRecursionDepth = 8,
        });

    private static List<byte[]> Bundle(string[] files, string name)
    {
        List<byte[]> bundles = new List<byte[]>();
        using MemoryStream bundle = new MemoryStream();
        // Strides through the list: neighbours in one folder are alike.
        HashSet<long> seen = new HashSet<long>();
        int stride = Math.Max(1, files.Length / 400);
        for (int pass = 0; pass < stride && bundles.Count < MaxBundles; pass++)
        {
            for (int i = pass; i < files.Length && bundles.Count < MaxBundles; i += stride)
            {
                FileInfo info = new FileInfo(files[i]);
                if (info.Length is < 2048 or > 64 << 20 || !seen.Add(info.Length))
                {
                    continue;
                }

                using FileStream file = info.OpenRead();
                byte[] part = new byte[Math.Min(info.Length, MaxPartBytes)];
                file.ReadExactly(part);
                if (!IsOfClass(part, name))
                {
                    continue;
                }

                bundle.Write(part);
                if (bundle.Length >= BundleSize)
                {
                    bundles.Add(bundle.ToArray());
                    bundle.SetLength(0);
                }
            }
        }

        if (bundles.Count == 0 && bundle.Length > 64 * 1024)
        {
            bundles.Add(bundle.ToArray());
        }

        return bundles;
    }

    // A name proves nothing: a .json may be gzip, a .so a linker script.
    private static bool IsOfClass(byte[] part, string name) => name switch
    {
        "elf" => part.AsSpan().StartsWith("\u007FELF"u8),
        "pe" => part.AsSpan().StartsWith("MZ"u8),
        _ => Core.Randomness.Statistics.PrintableBytes.Count(part) > 0.9 * part.Length,
    };
}

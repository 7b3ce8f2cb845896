// Packs a published app into a release: dotnet run infra/release/package.cs -- FOLDER VERSION OUTPUT_FOLDER
//
// The same files give the same bytes, and so the same name: cipherwatch-<version>-<sha256>.zip. Entries are in the order of their
// names, with one fixed time; a package is never replaced, because other content has another name.
using System.IO.Compression;
using System.Security.Cryptography;

if (args.Length != 3)
{
    Console.Error.WriteLine("Usage: dotnet run infra/release/package.cs -- FOLDER VERSION OUTPUT_FOLDER");
    return 2;
}

(string folder, string version, string output) = (Path.GetFullPath(args[0]), args[1], Path.GetFullPath(args[2]));
if (!File.Exists(Path.Join(folder, "host.json")))
{
    Console.Error.WriteLine($"{folder} holds no host.json. Publish the app there first: dotnet publish src/Functions -c Release -o FOLDER");
    return 1;
}

DateTimeOffset time = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
using MemoryStream packed = new();
using (ZipArchive archive = new(packed, ZipArchiveMode.Create, leaveOpen: true))
{
    IEnumerable<string> names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
        // A developer's own settings may hold secrets and are no part of a release.
        .Where(name => Path.GetFileName(name) is not ("local.settings.json" or "local.settings.sample.json"))
        .Order(StringComparer.Ordinal);
    foreach (string name in names)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = time;
        entry.ExternalAttributes = 0;
        using Stream content = entry.Open();
        content.Write(File.ReadAllBytes(Path.Join(folder, name)));
    }
}

byte[] bytes = packed.ToArray();
string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
Directory.CreateDirectory(output);
string package = Path.Join(output, $"cipherwatch-{version}-{hash}.zip");
File.WriteAllBytes(package, bytes);
Console.WriteLine(package);
Console.WriteLine($"azd env set CIPHERWATCH_RELEASE_VERSION {version}");
Console.WriteLine($"azd env set CIPHERWATCH_RELEASE_SHA256 {hash}");
return 0;

using System.Text;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>The path of a program as a pattern that fits it on the next host and in its next version.</summary>
internal static class ImagePattern
{
    private static readonly string[] HomeFolders = [@":\Users\", "/home/", "/Users/"];

    /// <summary>
    /// The pattern: a user's folder and folders named by a version become <c>*</c>, and a drive's letter becomes <c>?</c>.
    /// </summary>
    public static string Of(string image)
    {
        char separator = image.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        string path = image.Length > 2 && image[1] == ':' && char.IsAsciiLetter(image[0]) ? "?" + image[1..] : image;
        string[] parts = path.Split(separator);
        bool afterHome = false;
        for (int i = 0; i < parts.Length; i++)
        {
            bool isFile = i == parts.Length - 1;
            parts[i] = !isFile && (afterHome || IsVersion(parts[i])) ? "*" : parts[i];
            string before = string.Join(separator, parts.AsSpan(0, i + 1)!) + separator;
            afterHome = Array.Exists(HomeFolders, home => before.EndsWith(home, StringComparison.OrdinalIgnoreCase)
                && before.Length <= home.Length + 1);
        }

        return new StringBuilder().AppendJoin(separator, parts).ToString();
    }

    /// <summary>Whether a folder is named by a version or a build: digits and dots, perhaps after a name and a dash.</summary>
    private static bool IsVersion(string folder)
    {
        int digits = folder.Count(char.IsAsciiDigit);
        return digits >= 2 && digits + folder.Count(c => c is '.' or '_' or '-') >= folder.Length / 2
            && folder.Contains('.', StringComparison.Ordinal);
    }
}

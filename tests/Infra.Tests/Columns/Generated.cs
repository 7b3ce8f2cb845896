namespace CipherWatch.Infra.Tests.Columns;

/// <summary>Files that are written from another one: compared, or with <c>CIPHERWATCH_UPDATE_GOLDEN=1</c> written anew.</summary>
internal static class Generated
{
    private const string UpdateSwitch = "CIPHERWATCH_UPDATE_GOLDEN";

    /// <summary>Whether the switch is set.</summary>
    public static bool IsUpdate => Environment.GetEnvironmentVariable(UpdateSwitch) == "1";

    /// <summary>Holds a file of the repository against what it should be.</summary>
    public static void Check(string path, string text)
    {
        string file = Repository.PathOf(path);
        if (IsUpdate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"{path} is not there: look at what it would be, and record it with {UpdateSwitch}=1.");
        Assert.Equal(File.ReadAllText(file), text);
    }
}

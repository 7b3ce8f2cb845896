using System.IO.Compression;
using CipherWatch.Infra.Tests.Tools;

namespace CipherWatch.Infra.Tests.Hooks;

/// <summary>A release is named by version and hash, the same files give the same bytes, and the deployment names it.</summary>
public class ReleaseTests
{
    [Fact]
    public void The_same_files_give_the_same_package_and_other_files_another()
    {
        string root = Directory.CreateTempSubdirectory("cipherwatch-").FullName;
        try
        {
            string first = Pack(root, "first", "content");
            string again = Pack(root, "again", "content");
            string other = Pack(root, "other", "changed");
            Assert.Equal(Path.GetFileName(first), Path.GetFileName(again));
            Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(again));
            Assert.NotEqual(Path.GetFileName(first), Path.GetFileName(other));
            using ZipArchive archive = ZipFile.OpenRead(first);
            Assert.Equal(["bin/app.dll", "host.json"], archive.Entries.Select(entry => entry.FullName));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void The_deployment_names_the_package()
    {
        Templates.Predicted deployment = Templates.Predicted.Of("existingWorkspace");
        Templates.Resource release = Assert.Single(deployment.Resources, resource => resource.Type == "Microsoft.Web/sites/extensions");
        const string hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Assert.Equal($"https://releases.example.com/cipherwatch/cipherwatch-0.1.0-{hash}.zip", release.At("properties.packageUri"));
        Assert.Equal($"0.1.0+{hash}", deployment.Settings["CIPHERWATCH_RELEASE"]!.GetValue<string>());
        Assert.DoesNotContain(
            Templates.Predicted.Of("newWorkspace").Resources, resource => resource.Type == "Microsoft.Web/sites/extensions");
    }

    private static string Pack(string root, string name, string content)
    {
        string folder = Path.Join(root, name);
        Directory.CreateDirectory(Path.Join(folder, "bin"));
        File.WriteAllText(Path.Join(folder, "host.json"), "{}");
        File.WriteAllText(Path.Join(folder, "local.settings.json"), "a secret of a developer");
        File.WriteAllText(Path.Join(folder, "bin", "app.dll"), content);
        Ran ran = Tool.Run("dotnet",
            ["run", Repository.PathOf("infra/release/package.cs"), "--", folder, "0.1.0", Path.Join(root, name + "-out")]);
        Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);
        return ran.Output.Split('\n')[0].Trim();
    }
}

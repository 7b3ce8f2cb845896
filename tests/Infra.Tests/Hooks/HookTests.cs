using CipherWatch.Infra.Tests.Tools;
using YamlDotNet.RepresentationModel;

namespace CipherWatch.Infra.Tests.Hooks;

/// <summary>What azd runs is there, and is readable to the shell that runs it.</summary>
public class HookTests
{
    private static readonly YamlMappingNode Root = Load();

    public static TheoryData<string> Scripts =>
        [.. Directory.EnumerateFiles(Repository.PathOf("infra/hooks"), "*.sh").Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_shell_can_read_the_script(string script)
    {
        if (Tool.Find("sh") is not { } shell)
        {
            Assert.Skip("There is no sh here.");
            return;
        }

        Ran ran = Tool.Run(shell, ["-n", Repository.PathOf($"infra/hooks/{script}")]);
        Assert.True(ran.ExitCode == 0, ran.Error);
    }

    [Fact]
    public void Every_hook_names_a_script_for_each_shell()
    {
        List<string> missing = [];
        foreach ((YamlNode hook, YamlNode shells) in (YamlMappingNode)Root["hooks"])
        {
            foreach (string system in (string[])["posix", "windows"])
            {
                string run = shells[system]["run"].ToString();
                if (!File.Exists(Repository.PathOf(run)))
                {
                    missing.Add($"{hook}: {run}");
                }
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Azd_is_new_enough_to_leave_other_groups_alone() => Assert.Equal(">= 1.25.0", Root["requiredVersions"]["azd"].ToString());

    [Fact]
    public void The_service_is_the_app()
    {
        YamlNode app = Root["services"]["app"];
        Assert.True(Directory.Exists(Repository.PathOf(app["project"].ToString())));
        Assert.Equal("function", app["host"].ToString());
    }

    private static YamlMappingNode Load()
    {
        YamlStream stream = [];
        using StringReader reader = new(Repository.Read("azure.yaml"));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}

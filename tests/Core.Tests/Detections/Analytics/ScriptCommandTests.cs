using CipherWatch.Core.Detections.Analytics;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections.Analytics;

public class ScriptCommandTests
{
    [Theory]
    [InlineData(null, "Unknown", null)]
    [InlineData("", "Unknown", null)]
    [InlineData("python3", "Inline", null)]
    [InlineData("python3 -", "Inline", null)]
    [InlineData("python3 -c import_socket", "Inline", null)]
    [InlineData("python3 -m http.server 80", "Unknown", null)]
    [InlineData("python3 -u -W ignore /tmp/a.py x", "File", "/tmp/a.py")]
    [InlineData("python3 -E /usr/bin/dnf", "File", "/usr/bin/dnf")]
    [InlineData("perl -e print", "Inline", null)]
    [InlineData("perl -E say", "Inline", null)]
    [InlineData("perl -w /usr/bin/a.pl", "File", "/usr/bin/a.pl")]
    [InlineData("php -r phpinfo();", "Inline", null)]
    [InlineData("ruby -r socket /tmp/a.rb", "File", "/tmp/a.rb")]
    [InlineData("node --require ./x /opt/a.js", "File", "/opt/a.js")]
    [InlineData("node \"/opt/a.js\"", "File", "/opt/a.js")]
    [InlineData("python3 \"\" /tmp/a.py", "File", "/tmp/a.py")]
    [InlineData("python3 -e /tmp/a.py", "File", "/tmp/a.py")]
    [InlineData("ruby -e /tmp/a.rb", "Inline", null)]
    [InlineData("python3 a", "File", "a")]
    public void The_script_is_read_from_the_command_line(string? commandLine, string source, string? path)
    {
        ScriptCommand script = ScriptCommand.Of(commandLine);

        Assert.Equal(source, script.Source.ToString());
        Assert.Equal(path, script.Path);
    }

    [Property]
    public void No_command_line_throws(string? commandLine) => ScriptCommand.Of(commandLine);
}

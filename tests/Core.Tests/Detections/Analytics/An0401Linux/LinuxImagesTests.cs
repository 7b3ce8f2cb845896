using CipherWatch.Core.Detections.Analytics.An0401Linux;

namespace CipherWatch.Core.Tests.Detections.Analytics.An0401Linux;

public class LinuxImagesTests
{
    [Theory]
    [InlineData("/tmp/a", true, true)]
    [InlineData("/tmp/go-build1/a", true, false)]
    [InlineData("/tmp/.mount_x/a", true, false)]
    [InlineData("/dev/shm/a", true, true)]
    [InlineData("/var/www/html/a", true, true)]
    [InlineData("/etc/cron.daily/a", true, true)]
    [InlineData("/home/kim/a", true, false)]
    [InlineData("/home/kim/.a", true, true)]
    [InlineData("/home/kim/.config/a/b", true, true)]
    [InlineData("/home/kim/.local/bin/a", true, false)]
    [InlineData("/home/kim/work/.venv/bin/a", true, false)]
    [InlineData("/root/.a", true, true)]
    [InlineData("/root/.cargo/bin/a", true, false)]
    [InlineData("memfd:a", true, false)]
    [InlineData("/usr/bin/a", false, false)]
    [InlineData("/opt/a/b", false, false)]
    [InlineData("", false, false)]
    public void Where_an_executable_lies(string image, bool ofUsers, bool dropped)
    {
        Assert.Equal(ofUsers, LinuxImages.IsOfUsers(image));
        Assert.Equal(dropped, LinuxImages.IsDropped(image));
    }

    [Theory]
    [InlineData("/usr/bin/python3.11", true, false)]
    [InlineData("/usr/bin/perl5.36.0", true, false)]
    [InlineData("/usr/bin/pythonista", false, false)]
    [InlineData("/usr/bin/dash", false, true)]
    [InlineData("/usr/bin/nginx", false, false)]
    public void What_an_executable_is(string image, bool interpreter, bool shell)
    {
        Assert.Equal(interpreter, LinuxImages.IsInterpreter(image));
        Assert.Equal(shell, LinuxImages.IsShell(image));
    }

    [Theory]
    [InlineData("/usr/sbin/sshd", null, false)]
    [InlineData("/nix/store/abc-openssh/bin/sshd", null, false)]
    [InlineData("/opt/x/sshd", null, false)]
    [InlineData("/srv/x/sshd", null, true)]
    [InlineData("/usr/bin/a", "[kworker/u8:2]", true)]
    [InlineData("/usr/bin/a", "[", false)]
    [InlineData("/usr/bin/kworker", null, true)]
    [InlineData("/usr/bin/kworker-0", null, true)]
    [InlineData("/usr/bin/my-kworker", null, false)]
    [InlineData("sshd", null, false)]
    [InlineData("/usr/bin/a", "a [x]", false)]
    public void What_an_executable_pretends(string image, string? commandLine, bool disguised) =>
        Assert.Equal(disguised, LinuxImages.Disguise(image, commandLine) is not null);

    [Theory]
    [InlineData("/usr/bin/ssh", true)]
    [InlineData("ssh", false)]
    [InlineData("/tmp/ssh", false)]
    [InlineData("/usr/bin/bash", false)]
    [InlineData("/usr/bin/perl5.36", false)]
    [InlineData("/usr/bin/socat", false)]
    [InlineData("/usr/lib/jvm/bin/java", false)]
    public void A_library_is_trusted_to_who_does_what_its_path_says(string image, bool trusted) => Assert.Equal(trusted, LinuxImages.MayBeTrusted(image));
}

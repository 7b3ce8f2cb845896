using CipherWatch.Core.Pipeline.Baseline;

namespace CipherWatch.Core.Tests.Pipeline.Baseline;

public class LinuxProgramsTests
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/libcrypto.so.3";

    [Theory]
    [InlineData("/usr/sbin/nginx", true)]
    [InlineData("/opt/backup/agent", true)]
    [InlineData("/usr/bin/python3.11", false)]
    [InlineData("/bin/bash", false)]
    [InlineData("/usr/bin/shotwell", true)]
    [InlineData("/tmp/nginx", false)]
    [InlineData("/home/ada/bin/agent", false)]
    [InlineData("nginx", false)]
    public void Only_what_a_package_could_own_is_trusted(string image, bool trusted) =>
        Assert.Equal(trusted, LinuxPrograms.MayBeTrusted(image, Library));

    [Fact]
    public void A_library_where_users_write_is_trusted_of_no_one() =>
        Assert.False(LinuxPrograms.MayBeTrusted("/usr/sbin/nginx", "/dev/shm/libcrypto.so.3"));

    [Fact]
    public void A_library_is_known_in_its_next_version() =>
        Assert.Equal("/usr/lib/x86_64-linux-gnu/libcrypto.so*", LinuxPrograms.LibraryPattern(Library));
}

using CipherWatch.Core.Detections.Analytics.An0400Windows;

namespace CipherWatch.Core.Tests.Detections.Analytics.An0400Windows;

public class WindowsProgramsTests
{
    [Theory]
    [InlineData(@"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe", true)]
    [InlineData(@"C:\Windows\System32\WindowsPowerShell\v1.0\PowerShell_ISE.exe", true)]
    [InlineData(@"C:\Program Files\PowerShell\7\pwsh.exe", true)]
    [InlineData(@"C:\Windows\System32\wsmprovhost.exe", true)]
    [InlineData(@"C:\Windows\System32\ServerManager.exe", true)]
    [InlineData(@"C:\Windows\System32\my-powershell", false)]
    [InlineData(@"C:\Windows\System32\cmd.exe", false)]
    public void Which_programs_are_powershell_itself(string image, bool isPowerShell) => Assert.Equal(isPowerShell, WindowsPrograms.IsPowerShell(image));

    [Theory]
    [InlineData(@"C:\Windows\System32\svchost.exe", true)]
    [InlineData(@"C:\Windows\SysWOW64\rundll32.exe", true)]
    [InlineData(@"C:\Windows\explorer.exe", true)]
    [InlineData(@"C:\Tools\svchost.exe", false)]
    [InlineData(@"C:\Windows\System32\mmc.exe", false)]
    [InlineData(@"C:\Windows\System32\unknown.exe", false)]
    public void Which_programs_are_native_by_design(string image, bool isNative) => Assert.Equal(isNative, WindowsPrograms.IsNative(image));

    [Theory]
    [InlineData(@"C:\Windows\System32\cscript.exe", "runs scripts of others")]
    [InlineData(@"D:\any\Node.EXE", "runs scripts of others")]
    [InlineData(@"C:\Windows\System32\notepad.exe", "has no business on the network")]
    [InlineData(@"C:\Windows\System32\svchost.exe", null)]
    public void Which_programs_have_no_business_on_the_network_and_why(string image, string? reason)
    {
        string? said = WindowsPrograms.Unexpected(image);
        Assert.Equal(reason is null, said is null);
        Assert.Contains(reason ?? string.Empty, said ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"C:\Users\ana\AppData\Local\app\app.exe", true, false)]
    [InlineData(@"C:\Users\ana\Downloads\app.exe", true, true)]
    [InlineData(@"C:\Users\Public\app.exe", true, true)]
    [InlineData(@"C:\Users\ana\AppData\Local\Temp\app.exe", true, true)]
    [InlineData(@"C:\ProgramData\app.exe", true, false)]
    [InlineData(@"C:\ProgramData\Microsoft\Windows Defender\Platform\1\MsMpEng.exe", false, false)]
    [InlineData(@"\\server\share\app.exe", true, false)]
    [InlineData(@"C:\Program Files\app\app.exe", false, false)]
    public void Where_any_user_may_write_and_where_nothing_is_installed(string image, bool writable, bool dropped) =>
        Assert.Equal((writable, dropped), (WindowsPrograms.IsUserWritable(image), WindowsPrograms.IsDropped(image)));
}

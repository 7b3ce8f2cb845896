using System.Text;
using CipherWatch.Core.Telemetry.MacOs;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.MacOs;

/// <summary>Most messages are told to be of no use by pairs of letters: none that is of use is among them.</summary>
public class MacMessagesTests
{
    private static readonly (string Text, MacFindingKind Kind)[] OfUse =
    [
        ("[C1] TLS connected [", MacFindingKind.Secured), ("CCCryptorCreate", MacFindingKind.Cipher), ("kCCAlgorithmAES128", MacFindingKind.Cipher),
        ("RC4_set_key", MacFindingKind.Cipher), ("EVP_EncryptInit_ex", MacFindingKind.Cipher), ("EVP_aes_256_cbc", MacFindingKind.Cipher),
        (" AES_set_encrypt_key", MacFindingKind.Cipher), ("AES.GCM.seal", MacFindingKind.Cipher), ("ChaChaPoly.open", MacFindingKind.Cipher),
    ];

    [Property(MaxTest = 500)]
    public void A_message_of_use_is_told_wherever_it_says_so(byte before, byte behind) => Assert.All(OfUse, said =>
        Assert.Equal(said.Kind, KindOf(new string('x', before % 100) + said.Text + new string('x', behind % 100))));

    [Property(MaxTest = 200)]
    public void A_job_of_launchds_is_told_wherever_it_is_named(byte before) =>
        Assert.Equal(MacFindingKind.Spawn, KindOf(new string('x', before % 100) + "xpcproxy spawned with pid 30002"));

    [Theory]
    [InlineData("a message of the usual kind, which says nothing of ciphers or connections")]
    [InlineData("TLS_AES_128_GCM_SHA256 is the name of a suite and of no routine that was called")]
    public void A_message_of_no_use_is_told(string message) => Assert.Equal(MacFindingKind.Nothing, KindOf(message));

    private static MacFindingKind KindOf(string message)
    {
        MacEntry entry = new() { Message = Encoding.UTF8.GetBytes(message), Process = "/sbin/launchd"u8 };
        return MacMessages.KindOf(entry);
    }
}

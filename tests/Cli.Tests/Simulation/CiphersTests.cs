using System.Text;
using CipherWatch.Cli.Simulation.Implants;

namespace CipherWatch.Cli.Tests.Simulation;

/// <summary>The implants' ciphers, against published vectors.</summary>
public sealed class CiphersTests
{
    [Theory]
    [InlineData("Key", "Plaintext", "BBF316E8D940AF0AD3")]
    [InlineData("Wiki", "pedia", "1021BF0420")]
    [InlineData("Secret", "Attack at dawn", "45A01F645FC35B383552544B9BF5")]
    public void Rc4_gives_the_known_ciphertexts(string key, string text, string cipher) =>
        Assert.Equal(cipher, Convert.ToHexString(Ciphers.Rc4(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void ChaCha20_gives_the_ciphertext_of_RFC_8439_2_4_2()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
        byte[] nonce = Convert.FromHexString("000000000000004a00000000");
        byte[] text = Encoding.ASCII.GetBytes(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.");
        string cipher = Convert.ToHexStringLower(Ciphers.ChaCha20(key, nonce, text));
        Assert.StartsWith("6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b", cipher, StringComparison.Ordinal);
        Assert.EndsWith("874d", cipher, StringComparison.Ordinal);
        Assert.Equal(text, Ciphers.ChaCha20(key, nonce, Convert.FromHexString(cipher)));
    }

    [Fact]
    public void Xor_undoes_itself_and_equal_blocks_stay_equal_under_ecb()
    {
        byte[] text = Encoding.ASCII.GetBytes("The same again. The same again. The same again. ");
        Assert.Equal(text, Ciphers.Xor("key"u8, Ciphers.Xor("key"u8, text)));
        byte[] cipher = Ciphers.AesEcb(new byte[32], text);
        Assert.Equal(cipher[..16], cipher[16..32]);
    }
}

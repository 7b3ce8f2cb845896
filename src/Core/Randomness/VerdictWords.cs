namespace CipherWatch.Core.Randomness;

/// <summary>The words that verdicts on payload are shown by, in JSON and on screen.</summary>
public static class VerdictWords
{
    /// <summary>The word for a payload verdict.</summary>
    public static string Word(this PayloadVerdict verdict) => verdict switch
    {
        PayloadVerdict.Encrypted => "encrypted",
        PayloadVerdict.Compressed => "compressed",
        PayloadVerdict.Encoded => "encoded",
        PayloadVerdict.Xor => "xor",
        PayloadVerdict.Text => "text",
        PayloadVerdict.Binary => "binary",
        PayloadVerdict.Protocol => "protocol",
        _ => "insufficient",
    };

    /// <summary>The word for what a message says of its body.</summary>
    public static string Word(this BodyCover cover) => cover switch
    {
        BodyCover.Explained => "explained",
        BodyCover.Unexplained => "unexplained",
        BodyCover.Contradicted => "contradicted",
        _ => "none",
    };
}

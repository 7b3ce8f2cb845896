namespace CipherWatch.Core.Randomness.Structure;

/// <summary>When an XOR reading is a finding. Plain text, UTF-16, tables and programs read well under trivial keys too.</summary>
internal static class XorRule
{
    /// <summary>Shortest sample: with fewer bytes one-byte keys already cost a third of the evidence.</summary>
    public const int MinLength = 64;

    /// <summary>Shortest sample of printable bytes: commands in capitals are text that letters do not tell.</summary>
    private const int ShortestPrintable = 128;

    /// <summary>
    /// Ends of lines from which printable bytes are a protocol of lines as they are: under a key that leaves letters printable they
    /// would have to be two control characters, again and again.
    /// </summary>
    private const int MaxLineEnds = 2;

    /// <summary>Least evidence in nats.</summary>
    private const double MinEvidence = 6;

    /// <summary>Least evidence per byte read, for text.</summary>
    private const double TextEvidencePerByte = 0.4;

    /// <summary>Least evidence per byte read, for program code.</summary>
    private const double BinaryEvidencePerByte = 0.6;

    /// <summary>Least printable share after decryption, for text.</summary>
    private const double MinPrintable = 0.9;

    /// <summary>
    /// Share of the bytes that are not printable as they are that may stay so: a key that turns digits into letters, and
    /// leaves what lies between them, explains nothing.
    /// </summary>
    private const double MaxLeftUnprintable = 0.25;

    /// <summary>
    /// Least evidence per byte over a reading without a key, for bytes that are printable as they are: capitals and tables
    /// of digits are text of another kind, which a key turns into the commoner one.
    /// </summary>
    private const double PlainEvidencePerByte = 0.65;

    /// <summary>
    /// Longest key under which text stays printable: each of its bytes must happen to keep letters printable, as three
    /// eighths of them do.
    /// </summary>
    private const int MaxPlainKeyLength = 4;

    /// <summary>Most evidence per byte, in nats, that the bytes as they are are program code or tables, for text.</summary>
    private const double MaxRawBinary = 0.3;

    /// <summary>
    /// Zero bytes before it from which bytes that resemble program code at all are not text: a key byte that is a common
    /// letter makes some.
    /// </summary>
    private const double MaxTextZeros = 0.05;

    /// <summary>Least zero share after decryption, for program code, whose commonest byte is zero.</summary>
    private const double MinZeros = 0.2;

    /// <summary>
    /// Least share of those zeros that follow a zero: program code has them in runs, while a table of words or text in
    /// another script has one common byte at regular places, which a key then turns into single zeros.
    /// </summary>
    private const double MinZeroPairs = 0.45;

    /// <summary>Largest such share: more is one long run of fill.</summary>
    private const double MaxZeroPairs = 0.85;

    /// <summary>
    /// Most columns that hold one byte nearly throughout: a table's columns do, and its common bytes then look like a key.
    /// </summary>
    private const double MaxConstantColumns = 0.24;

    /// <summary>Least share of the plaintext's own characters where the commonest byte of many a column is nearly all of it.</summary>
    private const double MinExpected = 0.97;

    /// <summary>Least share of the other bytes there: fewer prove nothing.</summary>
    private const double MinOthers = 0.06;

    /// <summary>Least evidence of those, in nats a byte: a table's read as anything.</summary>
    private const double MinOthersEvidence = 0.6;

    /// <summary>
    /// Least evidence of the other bytes for program code: where a block cipher made one block of all zeros, that block reads
    /// as the key, and the rest as chance.
    /// </summary>
    private const double MinCodeOthersEvidence = -0.4;

    /// <summary>Most evidence per byte, in nats, that the bytes as they are are program code, for program code.</summary>
    private const double MaxCodeRawBinary = -0.1;

    /// <summary>Most zero bytes before it: a plain program shows its zeros.</summary>
    private const double MaxRawZeros = 0.02;

    /// <summary>
    /// Evidence per byte, in nats, from which printable bytes are text as they are: prose, JSON and code have 1.0 to 1.8.
    /// </summary>
    private const double MaxRawText = 0.8;

    /// <summary>
    /// Least entropy of the raw sample, bits per byte: silence and fill read as text under the one key that makes their
    /// commonest byte a space, while text of 64 B and more has 3.9.
    /// </summary>
    private const double MinEntropy = 3.2;

    /// <summary>Whether the reading is a finding.</summary>
    /// <param name="reading">The best reading.</param>
    /// <param name="length">Bytes read.</param>
    public static bool IsFinding(XorReading reading, int length)
    {
        if (reading.KeyLength == 0 || reading.KeyIsCaseOnly || reading.Evidence < MinEvidence)
        {
            return false;
        }

        return reading.Plaintext switch
        {
            XorPlaintext.Text => IsText(reading, reading.Evidence / length),
            XorPlaintext.Base64 => IsBase64(reading, reading.Evidence / length),
            _ => IsCode(reading, reading.Evidence / length),
        };
    }

    private static bool IsText(XorReading reading, double perByte) =>
        MayBeText(reading) && perByte > TextEvidencePerByte && reading.Printable >= MinPrintable
        && 1 - reading.Printable <= MaxLeftUnprintable * (1 - reading.RawPrintable)
        && (reading.ConstantColumns <= MaxConstantColumns || OthersAre(reading, reading.Printable))
        && (reading.RawPrintable + reading.RawZeros < FirstStage.PrintableShare
            || (reading.KeyLength <= MaxPlainKeyLength && perByte > PlainEvidencePerByte + reading.RawText
                && OthersAre(reading, reading.Printable)));

    private static bool IsBase64(XorReading reading, double perByte) =>
        MayBeText(reading) && perByte > TextEvidencePerByte && OthersAre(reading, reading.Base64)
            && reading.RawPrintable < FirstStage.PrintableShare;

    /// <summary>Whether the bytes that did not choose the key are what it was chosen for.</summary>
    private static bool OthersAre(XorReading reading, double expected) =>
        expected >= MinExpected && reading.Others >= MinOthers && reading.OthersEvidence > MinOthersEvidence;

    private static bool IsCode(XorReading reading, double perByte) =>
        MayBeCode(reading) && perByte > BinaryEvidencePerByte && reading.Zeros >= MinZeros
            && reading.ConstantColumns <= MaxConstantColumns
        && reading.ZeroPairs >= MinZeroPairs * reading.Zeros && reading.ZeroPairs <= MaxZeroPairs * reading.Zeros
        && reading.OthersEvidence > MinCodeOthersEvidence;

    /// <summary>Whether what the bytes are without a key allows that a key makes them text: no search is needed otherwise.</summary>
    /// <param name="raw">Its raw parts are read.</param>
    public static bool MayBeText(XorReading raw) =>
        raw.RawBinary < (raw.RawZeros < MaxTextZeros ? MaxRawBinary : 0)
        && (raw.RawPrintable + raw.RawZeros < FirstStage.PrintableShare || raw.RawZeros < MaxRawZeros);

    /// <summary>The same for program code.</summary>
    /// <param name="raw">Its raw parts are read.</param>
    public static bool MayBeCode(XorReading raw) =>
        raw.RawBinary < MaxCodeRawBinary && raw.RawZeros < MaxRawZeros && raw.RawPrintable < FirstStage.PrintableShare;

    /// <summary>Whether a sample is worth reading.</summary>
    public static bool MayRead(PayloadScore score) => score.Sampled >= MinLength && score.Entropy >= MinEntropy;

    /// <summary>
    /// Whether a printable sample is: its letters are not those of text. Key bytes under 0x20 leave text printable.
    /// </summary>
    /// <param name="score">What is known of it.</param>
    /// <param name="counts">Its histogram.</param>
    /// <param name="sample">Its bytes.</param>
    public static bool MayReadPrintable(PayloadScore score, ReadOnlySpan<uint> counts, ReadOnlySpan<byte> sample) =>
        MayRead(score) && score.Sampled >= ShortestPrintable && sample.Count("\r\n"u8) < MaxLineEnds
        && XorModel.Text.RawPerByte(counts, score.Sampled) < MaxRawText;
}

using System.Buffers;
using System.Buffers.Text;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Fields that hold bytes as base64.</summary>
internal static class Base64Field
{
    /// <summary>The bytes that a field holds as base64; null where it is no base64 (standard alphabet, padded).</summary>
    public static byte[]? Decode(FieldSpan field, ReadOnlySpan<byte> text)
    {
        if (!field.IsText)
        {
            return null;
        }

        // Encoders may write the slash of base64 as \/: escapes first.
        byte[] rented = ArrayPool<byte>.Shared.Rent(Math.Max(field.Length, 1));
        int length = FieldText.Unescape(field.Form, field.Of(text), rented);
        bool decoded = Base64.DecodeFromUtf8InPlace(rented.AsSpan(0, length), out int written) == OperationStatus.Done;
        byte[]? bytes = decoded ? rented[..written] : null;
        ArrayPool<byte>.Shared.Return(rented);
        return bytes;
    }
}

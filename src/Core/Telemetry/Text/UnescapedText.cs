using System.Buffers;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>A text field with its escapes undone, in pooled memory: dispose of it when nothing points into it any more.</summary>
internal readonly ref struct UnescapedText : IDisposable
{
    private readonly byte[]? _rented;

    public UnescapedText(ReadOnlySpan<byte> text, FieldSpan field)
    {
        ReadOnlySpan<byte> raw = field.Of(text);
        if (field.Form is FieldForm.JsonEscaped or FieldForm.XmlEscaped)
        {
            _rented = ArrayPool<byte>.Shared.Rent(raw.Length);
            Bytes = _rented.AsSpan(0, FieldText.Unescape(field.Form, raw, _rented));
        }
        else
        {
            Bytes = raw;
        }
    }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}

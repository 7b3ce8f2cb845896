using System.Buffers;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Reads what laurel writes in a manner of its own: addresses, and records that are read as if they were lines.</summary>
internal static class LaurelText
{
    private static readonly FieldNames RealNames = new("a0", "a1");

    /// <summary>The first element of a list, or the value itself where it is none.</summary>
    public static FieldSpan First(ReadOnlySpan<byte> text, FieldSpan list)
    {
        list = JsonScalars.List(text, list);
        if (list.Form != FieldForm.Array)
        {
            return list;
        }

        JsonScanner elements = JsonScanner.OverArray(text, list.Start);
        return elements.NextElement(out FieldSpan first) ? first : default;
    }

    /// <summary>Takes the arguments behind socketcall.</summary>
    public static void RealArguments(ReadOnlySpan<byte> text, FieldSpan real, AuditEvent known)
    {
        JsonRecord values = JsonRecord.Scan(text, real.Start, RealNames, stackalloc FieldSpan[2]);
        known.HasSocketArguments = true;
        (known.A0, known.A1) = (AuditCallRecord.Argument(values[0].Of(text)), AuditCallRecord.Argument(values[1].Of(text)));
    }

    /// <summary>Reads an address: raw bytes with <c>%</c> before those that do not print, or an object, or ausearch's text.</summary>
    public static bool TryAddress(
        in JsonRecord socket, int raw, int parts, FieldNames names, out SocketAddress address, out ReadOnlySpan<byte> bytes,
            Span<byte> room)
    {
        ReadOnlySpan<byte> text = socket.Text;
        address = default;
        bytes = default;
        if (socket[raw].IsText)
        {
            using UnescapedText escaped = new(text, socket[raw]);
            int length = Undo(escaped.Bytes, room);
            bytes = room[..length];
            address = SocketAddress.Of(bytes);
            return length >= 2;
        }

        if (socket[parts].IsText)
        {
            using UnescapedText said = new(text, socket[parts]);
            address = SocketAddress.OfText(said.Bytes.Trim("{} "u8));
            return true;
        }

        JsonRecord said1 = socket.Nested(parts, names, stackalloc FieldSpan[names.Count]);
        FieldSpan ip = said1.Has(1) ? said1[1] : said1[3];
        FieldSpan port = said1.Has(2) ? said1[2] : said1[4];
        port.TryInteger(text, out long number);
        bool isInternet = IpAddress.TryParse(ip.Of(text), out IpAddress parsed) && number is >= 0 and <= ushort.MaxValue;
        SocketFamily family = isInternet ? SocketFamily.Inet : said1[0].Of(text).StartsWith("alg"u8) ? SocketFamily.Alg
            : SocketFamily.Other;
        address = new(family, parsed, isInternet ? (ushort)number : (ushort)0);
        return socket.Has(parts);
    }

    /// <summary>What an address of the internet's families has in its place that is none.</summary>
    public static FieldSpan BrokenAddress(in JsonRecord socket, int parts, FieldNames names)
    {
        JsonRecord said = socket.Nested(parts, names, stackalloc FieldSpan[names.Count]);
        FieldSpan ip = said.Has(1) ? said[1] : said[3];
        bool isBroken = said[0].IsText && said[0].Of(socket.Text).StartsWith("inet"u8) && ip.HasValue
            && !IpAddress.TryParse(ip.Of(socket.Text), out _);
        return isBroken ? ip : default;
    }

    /// <summary>Reads a record of cryptography.</summary>
    public static RecordResult Crypto(
        in JsonRecord record, int place, string name, AuditStamp stamp, ReadOnlySpan<byte> node, RecordContext context) =>
        Put(record, place, name, stamp, node, context, out _);

    /// <summary>Reads an operation of io_uring.</summary>
    public static RecordResult Uring(
        in JsonRecord record, int place, AuditStamp stamp, ReadOnlySpan<byte> node, RecordContext context, out AuditEvent? waitsIn) =>
        Put(record, place, "URINGOP", stamp, node, context, out waitsIn);

    /// <summary>Writes a record's object as the line it came from, and reads that.</summary>
    private static RecordResult Put(
        in JsonRecord record, int place, string name, AuditStamp stamp, ReadOnlySpan<byte> node, RecordContext context,
            out AuditEvent? waitsIn)
    {
        waitsIn = null;
        FieldSpan first = First(record.Text, record[place]);
        if (first.Form != FieldForm.Object)
        {
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        // Written out, a field takes a quote and a blank more at most than in JSON.
        byte[] line = ArrayPool<byte>.Shared.Rent((first.Length * 2) + 16);
        int length = Write(record.Text, first, line, 0);
        byte[] type = System.Text.Encoding.UTF8.GetBytes(name);
        AuditHeader header = new() { Type = AuditTypes.Of(type), TypeName = type, Node = node, Stamp = stamp, Body = 0 };
        RecordResult result = AuditRecords.Put(header, line.AsSpan(0, length), node, context, out waitsIn);
        if (waitsIn is not null)
        {
            waitsIn.Records++;
        }

        ArrayPool<byte>.Shared.Return(line);
        return result;
    }

    private static int Write(ReadOnlySpan<byte> text, FieldSpan from, Span<byte> line, int at)
    {
        JsonScanner fields = new(text, from.Start);
        while (fields.Next(out FieldSpan name, out FieldSpan value))
        {
            if (value.Form == FieldForm.Object)
            {
                // msg='…' in its parts.
                at = Write(text, value, line, at);
                continue;
            }

            if (value.Form == FieldForm.Array || !value.HasValue)
            {
                continue;
            }

            name.Of(text).CopyTo(line[at..]);
            at += name.Length;
            line[at++] = (byte)'=';
            at += FieldText.Unescape(value.Form, value.Of(text), line[at..]);
            line[at++] = (byte)' ';
        }

        return at;
    }

    private static int Undo(ReadOnlySpan<byte> escaped, Span<byte> room)
    {
        int length = 0;
        for (int at = 0; at < escaped.Length && length < room.Length; at++)
        {
            if (escaped[at] == (byte)'%' && at + 2 < escaped.Length
                && AuditHex.TryBytes(escaped.Slice(at + 1, 2), allowLower: true, room[length..]))
            {
                length++;
                at += 2;
            }
            else
            {
                room[length++] = escaped[at];
            }
        }

        return length;
    }
}

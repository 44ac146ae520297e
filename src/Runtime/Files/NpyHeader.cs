using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Fused;

/// <summary>
/// The header of a .npy file: a magic string, a version, a length and a Python dictionary of three entries. Source: NumPy's
/// <c>numpy.lib.format</c>, versions 1 to 3.
/// </summary>
/// <param name="DType">The type in NumPy's words; <c>structured</c> where it is more than a string.</param>
/// <param name="ColumnMajor">Whether the first axis varies fastest.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Bytes">The bytes of the header; the values follow.</param>
internal sealed record NpyHeader(string DType, bool ColumnMajor, ImmutableArray<int> Shape, int Bytes)
{
    /// <summary>NumPy's own limit (<c>max_header_size</c>); a header of ours has about a hundred.</summary>
    private const int MaxBytes = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header and leaves the stream at the first value.</summary>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[12];
        stream.ReadExactly(prefix[..8]);
        if (!prefix[..6].SequenceEqual(Magic) || prefix[6] is < 1 or > 3)
            throw new InvalidDataException("it is no .npy file of version 1, 2 or 3");

        // Version 1 has a 16-bit length, the later ones 32 bits.
        int lengthBytes = prefix[6] == 1 ? 2 : 4;
        stream.ReadExactly(prefix.Slice(8, lengthBytes));
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]) & (lengthBytes == 2 ? 0xFFFF : uint.MaxValue);
        if (length > MaxBytes)
            throw new InvalidDataException($"its .npy header has {length} bytes, more than any real one");

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            Span<byte> text = buffer.AsSpan(0, (int)length);
            stream.ReadExactly(text);
            return new PythonDictionary(Encoding.Latin1.GetString(text)).Parse(8 + lengthBytes + (int)length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Parses <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (256, 2), }</c>, the keys in any order.</summary>
    private ref struct PythonDictionary(string text)
    {
        private readonly string _text = text;
        private int _position;

        public NpyHeader Parse(int bytes)
        {
            string? dtype = null;
            bool? columnMajor = null;
            ImmutableArray<int>? shape = null;
            Expect('{');
            while (!Accept('}'))
            {
                string key = ParseString();
                Expect(':');
                switch (key)
                {
                    case "descr" when dtype is null:
                        dtype = ParseType();
                        break;
                    case "fortran_order" when columnMajor is null:
                        columnMajor = ParseBoolean();
                        break;
                    case "shape" when shape is null:
                        shape = ParseShape();
                        break;
                    default:
                        throw Malformed();
                }

                if (!Accept(',') && Peek() != '}')
                    throw Malformed();
            }

            if (Peek() != '\0' || dtype is null || columnMajor is null || shape is null)
                throw Malformed();
            return new NpyHeader(dtype, columnMajor.Value, shape.Value, bytes);
        }

        private string ParseType()
        {
            if (Peek() is '\'' or '"')
                return ParseString();

            // A structured type is a list of tuples. It cannot be read, only passed over and listed.
            int depth = 0;
            do
            {
                switch (Peek())
                {
                    case '\'' or '"':
                        ParseString();
                        continue;
                    case '[' or '(':
                        depth++;
                        break;
                    case ']' or ')':
                        depth--;
                        break;
                    case '\0':
                        throw Malformed();
                }

                _position++;
            }
            while (depth > 0);
            return "structured";
        }

        private bool ParseBoolean() => AcceptWord("True") || (AcceptWord("False") ? false : throw Malformed());

        private ImmutableArray<int> ParseShape()
        {
            var shape = ImmutableArray.CreateBuilder<int>();
            Expect('(');
            while (!Accept(')'))
            {
                shape.Add(ParseDimension());
                if (shape.Count > TensorShape.MaxRank || (!Accept(',') && Peek() != ')'))
                    throw Malformed();
            }

            return shape.ToImmutable();
        }

        private int ParseDimension()
        {
            Peek();
            long value = 0;
            int start = _position;
            for (; _position < _text.Length && char.IsAsciiDigit(_text[_position]); _position++)
            {
                value = value * 10 + (_text[_position] - '0');
                if (value > int.MaxValue)
                    throw Malformed();
            }

            return _position > start ? (int)value : throw Malformed();
        }

        private string ParseString()
        {
            char quote = Peek();
            if (quote is not ('\'' or '"'))
                throw Malformed();
            int end = _text.IndexOf(quote, _position + 1);
            if (end < 0)
                throw Malformed();
            string value = _text[(_position + 1)..end];
            _position = end + 1;
            return value;
        }

        private bool AcceptWord(string word)
        {
            Peek();
            if (!_text.AsSpan(_position).StartsWith(word, StringComparison.Ordinal))
                return false;
            _position += word.Length;
            return true;
        }

        private bool Accept(char c)
        {
            if (Peek() != c || _position == _text.Length)
                return false;
            _position++;
            return true;
        }

        private void Expect(char c)
        {
            if (!Accept(c))
                throw Malformed();
        }

        /// <summary>The next character that is no space; NUL at the end.</summary>
        private char Peek()
        {
            while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
                _position++;
            return _position < _text.Length ? _text[_position] : '\0';
        }

        private readonly InvalidDataException Malformed() => new($"its .npy header is malformed at {_position}: {Quoted.Text(_text)}");
    }
}

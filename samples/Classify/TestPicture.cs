using System.Buffers.Binary;

namespace Fused.Samples.Classify;

/// <summary>A picture of 640 x 480 pixels, drawn here and encoded as a BMP file, for when no photo is given.</summary>
internal static class TestPicture
{
    private const int Width = 640;
    private const int Height = 480;
    private const int HeaderLength = 54;

    /// <summary>The file: rows from the bottom up, three bytes a pixel, blue first. The width needs no padding to four bytes.</summary>
    public static byte[] Encode()
    {
        var file = new byte[HeaderLength + Width * Height * 3];
        "BM"u8.CopyTo(file);
        Write(2, file.Length);
        Write(10, HeaderLength);
        Write(14, HeaderLength - 14); // the second header's length
        Write(18, Width);
        Write(22, Height);
        Write(26, 1 | 24 << 16); // planes, bits a pixel
        for (int y = 0, at = HeaderLength; y < Height; y++)
        {
            for (int x = 0; x < Width; x++, at += 3)
                (file[at + 2], file[at + 1], file[at]) = Color(x, Height - 1 - y);
        }

        return file;

        void Write(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
    }

    /// <summary>A yellow disc over a green triangle, before a sky that grows lighter towards the ground.</summary>
    private static (byte Red, byte Green, byte Blue) Color(int x, int y)
    {
        if ((x - 440) * (x - 440) + (y - 130) * (y - 130) < 80 * 80)
            return (250, 220, 60);
        if (y > 200 && y < 400 && Math.Abs(x - 260) < (y - 200) * 3 / 4)
            return (40, (byte)(90 + x / 8), 50);
        return y >= 400 ? ((byte)110, (byte)(80 + y % 16), (byte)50) : ((byte)(60 + y / 4), (byte)(110 + y / 4), (byte)230);
    }
}

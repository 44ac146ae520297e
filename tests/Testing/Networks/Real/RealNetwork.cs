namespace Fused.Testing.Networks.Real;

/// <summary>A network that people use, declared for an input size.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="InputSize">Rows, and columns, of its input, which has three channels.</param>
/// <param name="Source">The declaration, as a user would write it.</param>
internal sealed record RealNetwork(string Name, int InputSize, string Source)
{
    /// <summary>The least and the largest value of an input: those of pixels where the network scales them itself.</summary>
    public (float Least, float Most) InputRange { get; init; } = (-1, 1);

    public int InputLength => InputSize * InputSize * 3;

    /// <summary>
    /// Images of a colour, with waves across them and noise: deep networks make nearly the same of all images that are nothing but noise.
    /// </summary>
    public float[] RandomSamples(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).SelectMany(_ => Image(random))];
    }

    public override string ToString() => Name;

    private float[] Image(Random random)
    {
        float[] colour = [.. Enumerable.Range(0, 3).Select(_ => random.NextSingle())];
        float down = 0.5f * random.NextSingle(), across = 0.5f * random.NextSingle();
        var image = new float[InputLength];
        for (int i = 0; i < image.Length; i++)
        {
            int position = i / 3, row = position / InputSize, column = position % InputSize;
            float wave = 0.5f + (0.5f * MathF.Sin((down * row) + (across * column) + colour[i % 3]));
            float value = (0.4f * colour[i % 3]) + (0.4f * wave) + (0.2f * random.NextSingle());
            image[i] = InputRange.Least + ((InputRange.Most - InputRange.Least) * value);
        }

        return image;
    }
}

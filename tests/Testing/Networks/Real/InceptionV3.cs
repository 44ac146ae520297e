using static Fused.Testing.Networks.Real.Declaration;

namespace Fused.Testing.Networks.Real;

/// <summary>
/// Keras's <c>InceptionV3</c> (Szegedy et al. 2015, https://arxiv.org/abs/1512.00567): branches of convolutions joined along the channels.
/// Convolutions and normalisations have the names that Keras gives them by their order.
/// </summary>
internal sealed class InceptionV3
{
    private readonly Declaration _layers = new();

    private InceptionV3()
    {
    }

    public static RealNetwork Of(int size)
    {
        var network = new InceptionV3();
        network.Stem();
        string before = "pool2";
        foreach ((int i, int pooled) in new[] { (0, 32), (1, 64), (2, 64) })
            before = network.Fives($"mixed{i}", before, pooled);
        before = network.Smaller("mixed3", before);
        foreach ((int i, int filters) in new[] { (4, 128), (5, 160), (6, 160), (7, 192) })
            before = network.Sevens($"mixed{i}", before, filters);
        before = network.SmallerAgain("mixed8", before);
        foreach (int i in new[] { 9, 10 })
            before = network.Wide($"mixed{i}", before);

        return network._layers
            .Add("GlobalAveragePooling2D(Name = \"avg_pool\")")
            .Add("Dense(1000, Activation = Activation.Softmax, Name = \"predictions\")")
            .On("InceptionV3", size);
    }

    private void Stem()
    {
        Convolve(32, 3, 3, strides: 2, isValid: true);
        Convolve(32, 3, 3, isValid: true);
        Convolve(64, 3, 3);
        _layers.Add("MaxPooling2D(3, Strides = 2, Name = \"pool1\")");
        Convolve(80, 1, 1, isValid: true);
        Convolve(192, 3, 3, isValid: true);
        _layers.Add("MaxPooling2D(3, Strides = 2, Name = \"pool2\")");
    }

    private string Fives(string name, string before, int pooled)
    {
        string one = Convolve(64, 1, 1, before, $"{name}_1x1");
        Convolve(48, 1, 1, before);
        string five = Convolve(64, 5, 5, name: $"{name}_5x5");
        Convolve(64, 1, 1, before);
        Convolve(96, 3, 3);
        string three = Convolve(96, 3, 3, name: $"{name}_3x3dbl");
        return Join(name, one, five, three, Pooled(name, before, pooled));
    }

    private string Smaller(string name, string before)
    {
        string three = Convolve(384, 3, 3, before, $"{name}_3x3", strides: 2, isValid: true);
        Convolve(64, 1, 1, before);
        Convolve(96, 3, 3);
        string twice = Convolve(96, 3, 3, name: $"{name}_3x3dbl", strides: 2, isValid: true);
        return Join(name, three, twice, Maximum(name, before));
    }

    private string Sevens(string name, string before, int filters)
    {
        string one = Convolve(192, 1, 1, before, $"{name}_1x1");
        Convolve(filters, 1, 1, before);
        Convolve(filters, 1, 7);
        string seven = Convolve(192, 7, 1, name: $"{name}_7x7");
        Convolve(filters, 1, 1, before);
        Convolve(filters, 7, 1);
        Convolve(filters, 1, 7);
        Convolve(filters, 7, 1);
        string twice = Convolve(192, 1, 7, name: $"{name}_7x7dbl");
        return Join(name, one, seven, twice, Pooled(name, before, 192));
    }

    private string SmallerAgain(string name, string before)
    {
        Convolve(192, 1, 1, before);
        string three = Convolve(320, 3, 3, name: $"{name}_3x3", strides: 2, isValid: true);
        Convolve(192, 1, 1, before);
        Convolve(192, 1, 7);
        Convolve(192, 7, 1);
        string seven = Convolve(192, 3, 3, name: $"{name}_7x7x3", strides: 2, isValid: true);
        return Join(name, three, seven, Maximum(name, before));
    }

    private string Wide(string name, string before)
    {
        string one = Convolve(320, 1, 1, before, $"{name}_1x1");
        string three = Apart($"{name}_3x3", Convolve(384, 1, 1, before, $"{name}_3x3_0"));
        Convolve(448, 1, 1, before);
        string twice = Apart($"{name}_3x3dbl", Convolve(384, 3, 3, name: $"{name}_3x3dbl_0"));
        return Join(name, one, three, twice, Pooled(name, before, 192));
    }

    /// <summary>A row and a column of three in the place of a square.</summary>
    private string Apart(string name, string before)
    {
        string row = Convolve(384, 1, 3, before, $"{name}_1");
        string column = Convolve(384, 3, 1, before, $"{name}_2");
        return Join(name, row, column);
    }

    private string Pooled(string name, string before, int filters)
    {
        _layers.Add($"AveragePooling2D(3, Strides = 1, Padding = Padding.Same{Placed(null, before)})");
        return Convolve(filters, 1, 1, name: $"{name}_pool");
    }

    private string Maximum(string name, string before)
    {
        _layers.Add($"MaxPooling2D(3, Strides = 2{Placed($"{name}_pool", before)})");
        return $"{name}_pool";
    }

    private string Join(string name, params string[] branches)
    {
        _layers.Add($"Concatenate({string.Join(", ", branches.Select(branch => $"\"{branch}\""))}{Placed(name)})");
        return name;
    }

    /// <summary>A convolution with its normalisation and relu, by whose name others read it.</summary>
    private string Convolve(int filters, int rows, int columns, string? from = null, string? name = null, int strides = 1, bool isValid = false)
    {
        _layers
            .Add($"Conv2D({filters}, {rows}, {columns}, Strides = {strides}, Padding = Padding.{(isValid ? "Valid" : "Same")}, UseBias = false{Placed(null, from)})")
            .Add("BatchNormalization(Scale = false)")
            .Add(name is null ? "Activation(Activation.Relu)" : $"Activation(Activation.Relu{Placed(name)})");
        return name ?? "";
    }
}

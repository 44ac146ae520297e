using Fused.Testing.Networks;
using Fused.Testing.Networks.Layers;

namespace Fused.Kernel.Tests.Models;

/// <summary>
/// The layers of the reference by what must hold of them, and by small examples of their definitions, beside the cases that Keras has run
/// (<see cref="Data.KerasCaseTests"/>).
/// </summary>
public sealed class LayerReferenceTests
{
    private static readonly Dictionary<string, Window> Windows = new()
    {
        ["3"] = new Window(3),
        ["3 by 2"] = new Window(3, strides: 2),
        ["4 by 2, same"] = new Window(4, strides: 2, same: true),
        ["3 by 2, same"] = new Window(3, strides: 2, same: true),
        ["2 by 3"] = new Window(2, strides: 3),
        ["1 by 2, same"] = new Window(1, strides: 2, same: true),
        ["unequal"] = new Window(3, 5) { StrideHeight = 1, StrideWidth = 3, IsSame = true },
    };

    private static readonly Dictionary<string, TestLayer> EitherLayout = new()
    {
        ["Conv2D"] = new Conv2D(5, new Window(3, strides: 2, padding: 1)),
        ["DepthwiseConv2D"] = new DepthwiseConv2D(new Window(3, strides: 1, same: true), multiplier: 2),
        ["SeparableConv2D"] = new SeparableConv2D(5, new Window(2), Function.Linear),
        ["Conv2DTranspose"] = new Conv2DTranspose(5, new Window(3, strides: 2), Function.Linear),
        ["MaxPooling2D"] = new MaxPooling2D(new Window(3, strides: 2, same: true)),
        ["AveragePooling2D"] = new AveragePooling2D(new Window(3, strides: 2, padding: 1), CountIncludePad: true),
        ["AdaptivePooling2D"] = new AdaptivePooling2D(PoolKind.Concat, 2, 3),
        ["ZeroPadding2D"] = new ZeroPadding2D(1, 2, 3, 0),
        ["Cropping2D"] = new Cropping2D(1, 0, 2, 1),
        ["UpSampling2D"] = new UpSampling2D(2, 3, IsBilinear: true),
        ["PReLU"] = new PReLU(IsShared: true),
        ["Rescaling"] = new Rescaling([1, 2, 3, 4], [0, 1, 0, 1]),
    };

    public static TheoryData<string> WindowNames => [.. Windows.Keys];

    public static TheoryData<string> LayerNames => [.. EitherLayout.Keys];

    /// <summary>What a convolution does to gradients: the sum of T(x) y is that of x C(y), with one kernel for the two.</summary>
    [Theory]
    [MemberData(nameof(WindowNames))]
    public void A_transposed_convolution_is_the_adjoint_of_a_convolution(string name)
    {
        var form = new Form(4, 3, 6);
        var transposed = new Conv2DTranspose(5, Windows[name], Function.Linear, UseBias: false);
        var convolution = new Conv2D(6, Windows[name], Function.Linear, UseBias: false);
        Signal x = Random(form, 1), y = Random(transposed.Output(form), 2);
        float[] kernel = [.. Random(Form.Vector(transposed.Weights(form).Single().Length), 3).Values.Select(v => (float)v.Value)];

        Assert.Equal(form, convolution.Output(y.Form));
        Assert.Equal(
            Product(transposed.Run(x, _ => kernel), y), Product(x, convolution.Run(y, _ => kernel)), tolerance: 1e-10);
    }

    [Fact]
    public void Groups_are_a_kernel_with_zeros_between_them()
    {
        var form = new Form(4, 5, 6);
        Signal x = Random(form, 1);
        float[] kernel = Weights(2 * 2 * 2 * 9, 2), whole = new float[2 * 2 * 6 * 9];
        for (int i = 0; i < whole.Length; i++)
        {
            int k = i % 9, c = i / 9 % 6, tap = i / 54;
            whole[i] = c / 2 == k / 3 ? kernel[(((tap * 2) + (c % 2)) * 9) + k] : 0;
        }

        Same(
            new Conv2D(9, new Window(2), Function.Linear, UseBias: false).Run(x, _ => whole),
            new Conv2D(9, new Window(2), Function.Linear, Groups: 3, UseBias: false).Run(x, _ => kernel));
    }

    [Fact]
    public void A_depthwise_convolution_has_a_group_for_each_channel()
    {
        Signal x = Random(new Form(4, 5, 6), 1);
        float[] kernel = Weights(3 * 3 * 6 * 2, 2);

        Same(
            new Conv2D(12, new Window(3, strides: 2, same: true), Function.Linear, Groups: 6, UseBias: false).Run(x, _ => kernel),
            new DepthwiseConv2D(new Window(3, strides: 2, same: true), Function.Linear, Multiplier: 2, UseBias: false).Run(x, _ => kernel));
    }

    [Fact]
    public void Explicit_padding_is_a_padded_map()
    {
        Signal x = Random(new Form(4, 5, 3), 1);
        float[] kernel = Weights(3 * 3 * 3 * 4, 2);
        var window = new Window(3, strides: 2, dilation: 1) { Top = 2, Left = 1, Bottom = 0, Right = 3 };

        Same(
            new Conv2D(4, new Window(3, strides: 2), Function.Linear, UseBias: false).Run(new ZeroPadding2D(2, 0, 1, 3).Run(x, None), _ => kernel),
            new Conv2D(4, window, Function.Linear, UseBias: false).Run(x, _ => kernel));
    }

    [Fact]
    public void What_is_padded_and_cropped_is_what_it_was()
    {
        Signal x = Random(new Form(4, 5, 3), 1);

        Same(x, new Cropping2D(2, 0, 1, 3).Run(new ZeroPadding2D(2, 0, 1, 3).Run(x, None), None));
    }

    /// <summary>PyTorch's ranges: of 7 positions, 3 see 0..2, 2..4 and 4..6; of 3, 2 see 0..1 and 1..2.</summary>
    [Theory]
    [InlineData(3, 7, new[] { 1.0, 3, 5 })]
    [InlineData(2, 3, new[] { 0.5, 1.5 })]
    [InlineData(4, 2, new[] { 0.0, 0, 1, 1 })]
    [InlineData(1, 6, new[] { 2.5 })]
    public void Adaptive_pools_see_overlapping_ranges(int outputs, int inputs, double[] means)
    {
        var x = new Signal(new Form(1, inputs, 1), [.. Enumerable.Range(0, inputs).Select(i => Number.Of(i))]);

        Close(means, new AdaptivePooling2D(PoolKind.Average, 1, outputs).Run(x, None));
    }

    [Fact]
    public void Padding_counts_as_zeros_where_it_is_told_to()
    {
        var x = new Signal(new Form(2, 2, 1), [.. Enumerable.Repeat(Number.Of(9), 4)]);

        Close([4, 4, 4, 4], new AveragePooling2D(new Window(3, strides: 1, padding: 1), CountIncludePad: true).Run(x, None));
        Close([9, 9, 9, 9], new AveragePooling2D(new Window(3, strides: 1, padding: 1)).Run(x, None));
    }

    /// <summary>The example of PyTorch's documentation of Upsample, without aligned corners.</summary>
    [Fact]
    public void Bilinear_values_lie_between_the_centres()
    {
        Signal x = Values(new Form(2, 2, 1), 1, 2, 3, 4);

        Close(
            [1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4],
            new UpSampling2D(2, isBilinear: true).Run(x, None));
        Close([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], new UpSampling2D(2).Run(x, None));
    }

    [Fact]
    public void A_normalised_row_has_mean_0_and_variance_1()
    {
        Signal y = new LayerNormalization(Epsilon: 0, Center: false, Scale: false).Run(Random(new Form(2, 2, 7), 1), None);

        Assert.All(Enumerable.Range(0, 4), p =>
        {
            double[] row = [.. Enumerable.Range(0, 7).Select(c => y[p, c].Value)];
            Assert.Equal(0, row.Average(), tolerance: 1e-12);
            Assert.Equal(1, row.Average(v => v * v), tolerance: 1e-12);
        });
    }

    /// <summary>As numpy's transpose by the numbers less one.</summary>
    [Fact]
    public void Permuted_dimensions_are_those_that_are_named()
    {
        var x = new Signal(new Form(2, 3, 4), [.. Enumerable.Range(0, 24).Select(i => Number.Of(i))]);
        Signal y = new Permute(2, 3, 1).Run(x, None);

        Assert.Equal(new Form(3, 4, 2), y.Form);
        Assert.Equal(x.Values[(((1 * 3) + 2) * 4) + 3], y.Values[(((2 * 4) + 3) * 2) + 1]);
        Same(x, new Permute(3, 1, 2).Run(y, None));
    }

    [Fact]
    public void Joins_repeat_what_has_one_row_or_column()
    {
        Signal map = Values(new Form(2, 2, 1), 1, 2, 3, 4), row = Values(new Form(1, 2, 1), 10, 20), column = Values(new Form(2, 1, 1), 5, 6);

        Close([10, 40, 30, 80], new Join(JoinKind.Multiply, "", "").Run([map, row], None));
        Close([15, 25, 16, 26], new Join(JoinKind.Add, "", "").Run([column, row], None));
        Close([5, 5, 6, 6], new Join(JoinKind.Maximum, "", "").Run([map, column], None));
        Close([3, 3.5, 4.5, 5], new Join(JoinKind.Average, "", "").Run([map, column], None));
        Close([1, 3, 4, 2], new Concatenate("", "").Run([Values(Form.Vector(1), 1), Values(Form.Vector(3), 3, 4, 2)], None));
    }

    [Fact]
    public void Constants_are_applied_channel_by_channel()
    {
        Signal x = Values(new Form(1, 2, 2), 1, 2, 3, 4);

        Close([3, -3.5, 7, -7.5], new Rescaling([2, -2], [1, 0.5]).Run(x, None));
        Close([0, 1e7, 1, 3e7], new Normalization([1, 1], [4, 0]).Run(x, None));
    }

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void A_layer_computes_the_same_in_either_layout(string name)
    {
        TestLayer layer = EitherLayout[name];
        var last = new Form(5, 6, 4);
        Signal x = Random(last, 1);
        Signal first = Signal.Make(last with { ChannelsFirst = true }, (p, c) => x[p, c]);
        Dictionary<string, float[]> weights = layer.Weights(last).ToDictionary(w => w.Role, w => Weights(w.Length, 2));

        Signal expected = layer.Run(x, role => weights[role]), actual = layer.Run(first, role => weights[role]);

        Assert.Equal(expected.Form with { ChannelsFirst = true }, actual.Form);
        Same(expected, Signal.Make(expected.Form, (p, c) => actual[p, c]));
    }

    private static float[] None(string role) => throw new ArgumentException($"No {role} is asked for.", nameof(role));

    private static Signal Random(Form form, int seed) => new(form, [.. Weights(form.Length, seed).Select(v => Number.Of(v))]);

    private static Signal Values(Form form, params double[] values) => new(form, [.. values.Select(Number.Of)]);

    private static float[] Weights(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    private static double Product(Signal left, Signal right) => left.Values.Zip(right.Values, (a, b) => a.Value * b.Value).Sum();

    private static void Same(Signal expected, Signal actual)
    {
        Assert.Equal(expected.Form, actual.Form);
        Close([.. expected.Values.Select(v => v.Value)], actual);
    }

    private static void Close(double[] expected, Signal actual)
    {
        Assert.Equal(expected.Length, actual.Values.Length);
        Assert.All(expected, (value, i) => Assert.Equal(value, actual.Values[i].Value, tolerance: 1e-12 * Math.Max(1, Math.Abs(value))));
    }
}

using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>What is said of files that do not fit.</summary>
public class ExplanationTests
{
    [Theory]
    [InlineData(100_352, 2048, "100,352 is 7 x 7 x 2,048: the file's layer had pooled features; put [GlobalAveragePooling2D] (or [GlobalMaxPooling2D]) in place of [Flatten]")]
    [InlineData(100_352, 4096, "100,352 is 7 x 7 x 2,048: the file's layer had maxima and means of the channels; put [AdaptiveConcatPooling2D] in place of the layer that makes a vector")]
    [InlineData(2048, 100_352, "100,352 is 7 x 7 x 2,048: the file's layer had the whole map; put [Flatten] in place of the pooling")]
    [InlineData(2048, 4096, "the file's layer had maxima and means of the channels; put [AdaptiveConcatPooling2D] in place of the layer that makes a vector")]
    [InlineData(4096, 2048, "the file's layer had one value a channel: [GlobalAveragePooling2D] or [GlobalMaxPooling2D] in place of [AdaptiveConcatPooling2D]")]
    [InlineData(100_352, 51_200, "100,352 is 7 x 7 x 2,048, and 51,200 is 25 x 2,048: the file's maps had another height or width")]
    [InlineData(2048, 512, "the file's layer has 512 inputs, the model's 2,048")]
    public void Other_inputs_of_the_first_Dense(int declared, int stored, string why)
    {
        TensorSpec[] specs = [new("dense", TensorRole.Kernel, declared, 2) { Map = [7, 7, 2048] }];
        Assert.Equal($"'dense.kernel' has shape ({stored}, 2); expected is ({declared}, 2) or (2, {declared}): {why}", Assert.Single(Problems(Empty("dense.kernel", stored, 2), specs)));
        Assert.EndsWith(": " + why, Assert.Single(Problems(Empty("dense.weight", 2, stored), specs)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_issues_own()
    {
        TensorSpec[] specs = [new("dense", TensorRole.Kernel, 100_352, 38) { Map = [7, 7, 2048] }];
        string problem = Assert.Single(Problems(Empty("dense.kernel", 2048, 38), specs));
        Assert.Contains("100,352 is 7 x 7 x 2,048: the file's layer had pooled features; put [GlobalAveragePooling2D]", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_inputs_and_other_outputs()
    {
        TensorSpec[] specs = [new("dense", TensorRole.Kernel, 12, 10) { Map = [2, 2, 3] }];
        Assert.EndsWith(
            ": 12 is 2 x 2 x 3: the file's layer had pooled features; put [GlobalAveragePooling2D] (or [GlobalMaxPooling2D]) in place of [Flatten]; the file's layer has 11 outputs, the model's 10",
            Assert.Single(Problems(Empty("dense.kernel", 3, 11), specs)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_classes()
    {
        TensorSpec[] specs = [new("dense", TensorRole.Kernel, 2048, 10), new("dense", TensorRole.Bias, 10)];
        Assert.Equal(
            [
                "'dense.weight' has shape (11, 2048); expected is (2048, 10) or (10, 2048): the file's layer has 11 outputs, the model's 10",
                "'dense.bias' has shape (11); expected is (10): the file's layer has 11 outputs, the model's 10",
            ],
            Problems(Safetensors("", Counted("dense.weight", 11, 2048), Counted("dense.bias", 11)), specs));
    }

    [Fact]
    public void Another_number_of_channels() => Assert.EndsWith(
        ": the file's layer has 4 channels, the model's 3",
        Assert.Single(Problems(Safetensors("", Counted("norm.gamma", 4)), [new("norm", TensorRole.Gamma, 3)])),
        StringComparison.Ordinal);

    [Fact]
    public void A_convolution_with_a_window() => Assert.EndsWith(
        ": it is the kernel of a convolution with a window, which a Dense is not",
        Assert.Single(Problems(Safetensors("", Counted("dense.weight", 2, 4, 3, 3)), [new("dense", TensorRole.Kernel, 4, 2)])),
        StringComparison.Ordinal);

    [Fact]
    public void A_batch_normalization_that_the_model_has_not()
    {
        byte[] file = Safetensors(
            "", Counted("fc.weight", 2, 3), Counted("fc.bias", 2), Counted("bn.weight", 3), Counted("bn.bias", 3), Counted("bn.running_mean", 3), Counted("bn.running_var", 3),
            Counted("bn.num_batches_tracked"));
        Assert.Equal(
            [
                "all 2 tensors of the model are there and fit, but the file has 4 more: new WeightLoadOptions { AllowUnused = true } passes over them",
                "'bn.bias' and what else 'bn' has are a batch normalization's, which the model has not: [BatchNormalization] declares one",
            ],
            Problems(file, [new("fc", TensorRole.Kernel, 3, 2), new("fc", TensorRole.Bias, 2)]));
    }

    [Fact]
    public void A_bias_or_a_scale_that_is_declared_away()
    {
        byte[] file = Safetensors(
            "", Counted("fc.weight", 2, 3), Counted("fc.bias", 2), Counted("bn.gamma", 3), Counted("bn.beta", 3), Counted("bn.moving_mean", 3), Counted("bn.moving_variance", 3));
        TensorSpec[] specs = [new("fc", TensorRole.Kernel, 3, 2), new("bn", TensorRole.MovingMean, 3), new("bn", TensorRole.MovingVariance, 3)];
        Assert.Equal(
            [
                "'bn.beta' F32 (3) is not in the model: 'bn' is declared with Center = false",
                "'bn.gamma' F32 (3) is not in the model: 'bn' is declared with Scale = false",
                "'fc.bias' F32 (2) is not in the model: 'fc' is declared with UseBias = false",
            ],
            Problems(file, specs).Skip(1));
    }

    [Fact]
    public void A_bias_or_a_scale_that_the_file_has_not()
    {
        byte[] file = Safetensors("", Counted("fc.weight", 2, 3), Counted("bn.moving_mean", 3), Counted("bn.moving_variance", 3));
        TensorSpec[] specs =
        [
            new("fc", TensorRole.Kernel, 3, 2), new("fc", TensorRole.Bias, 2),
            new("bn", TensorRole.Gamma, 3), new("bn", TensorRole.Beta, 3), new("bn", TensorRole.MovingMean, 3), new("bn", TensorRole.MovingVariance, 3),
        ];
        Assert.Equal(
            [
                "fc.bias (2) is missing; UseBias = false declares a layer that has none",
                "bn.gamma (3) is missing; Scale = false declares a layer that has none",
                "bn.beta (3) is missing; Center = false declares a layer that has none",
            ],
            Problems(file, specs));
    }

    [Theory]
    [InlineData("running_mean", "running_var")]
    [InlineData("_mean", "_variance")]
    [InlineData("mean", "var")]
    public void An_epsilon_that_is_not_declared_and_PyTorchs_names(string mean, string variance)
    {
        byte[] file = Safetensors("", Counted("bn." + mean, 3), Counted("bn." + variance, 3));
        TensorSpec moving = new("bn", TensorRole.MovingMean, 3);

        Assert.Equal(
            [
                $"'bn.{variance}' is a name of PyTorch's and its like, which add 1e-5 to the variance unless told otherwise; 'bn' adds Keras's 0.001, as its declaration says nothing: "
                + "write [BatchNormalization(Epsilon = 1e-5)], or Epsilon = 1e-3 if the network was trained with that",
            ],
            Problems(file, [moving, new("bn", TensorRole.MovingVariance, 3) { UndeclaredEpsilon = 1e-3 }]));
        ModelWeights.Load(file, [moving, new("bn", TensorRole.MovingVariance, 3)]);
        ModelWeights.Load(
            Safetensors("", Counted("bn.moving_mean", 3), Counted("bn.moving_variance", 3)), [moving, new("bn", TensorRole.MovingVariance, 3) { UndeclaredEpsilon = 1e-3 }]);
    }

    private static byte[] Empty(string name, params int[] shape) => Safetensors("", (name, shape, new float[shape[0] * shape[1]]));
}

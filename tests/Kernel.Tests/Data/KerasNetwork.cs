using System.Text.Json;
using Fused.Testing.Networks;
using Fused.Testing.Networks.Layers;

namespace Fused.Kernel.Tests.Data;

/// <summary>The network that computes a case of Keras's.</summary>
internal static class KerasNetwork
{
    /// <summary>The functions of core.Activation's cases, in the order in which keras-js lists them.</summary>
    private static readonly string[] ActivationCases =
        ["softmax", "elu", "selu", "softplus", "softsign", "relu", "tanh", "sigmoid", "hard_sigmoid", "linear"];

    /// <summary>The network of a case whose layers Fused has.</summary>
    /// <exception cref="NotSupportedException">It has not.</exception>
    public static Network Of(KerasCase item) => new(item.Name.Replace('.', '_'), Input(item), Layers(item));

    private static TestLayer[] Layers(KerasCase item) => item.Folder switch
    {
        "pooling/GlobalAveragePooling2D" => [new GlobalPool(PoolKind.Average)],
        "pooling/GlobalMaxPooling2D" => [new GlobalPool(PoolKind.Max)],
        "pooling/AveragePooling2D" => [new AveragePooling2D(Pool(item))],
        "pooling/MaxPooling2D" => [new MaxPooling2D(Pool(item))],
        "convolutional/Conv2D" => [new Conv2D(item.Attribute("filters", 0), Kernel(item), Activation(item), UseBias: item.Attribute("use_bias", true))],
        "convolutional/SeparableConv2D" =>
            [new SeparableConv2D(item.Attribute("filters", 0), Kernel(item), Activation(item), item.Attribute("depth_multiplier", 1), item.Attribute("use_bias", true))],
        "convolutional/ZeroPadding2D" => [Padding(item)],
        "core/Flatten" => [new Flatten()],
        "core/Reshape" => [Reshaped(item)],
        "core/Dropout" => [new Dense(2), new Dropout()],
        "core/Dense" => [new Dense(item.Attribute("units", 0), Activation(item), item.Attribute("use_bias", true))],
        "core/Activation" => [new Dense(2), .. Named(ActivationCases[item.Number])],
        "merge/Concatenate" => Concatenated(item),
        "merge/Add" or "merge/Average" or "merge/Maximum" or "merge/Multiply" => Joined(item, new Join(Enum.Parse<JoinKind>(item.Folder["merge/".Length..]), [.. Branches(item)])),
        "normalization/BatchNormalization" => Normalized(item),
        "activations" when item.Name == "activations.elu.3" => [new Activate(Function.Elu(0.5))],

        // No more than 0.5: the relu6 of twelve times as much is twelve times as much.
        "activations" when item.Name == "activations.relu.3" => [new Rescaling(12), .. Named("relu6"), new Rescaling(1.0 / 12)],
        "activations" when item.Name == "activations.relu.4" => [new Activate(Function.LeakyRelu(0.3))],
        "activations" => Named(item.Name.Split('.')[1]),
        "advanced_activations" when item.Name.Contains("LeakyReLU", StringComparison.Ordinal) => [new Activate(Function.LeakyRelu(item.Attribute("alpha", 0.0)))],
        "advanced_activations" when item.Name.Contains(".ELU", StringComparison.Ordinal) => [new Activate(Function.Elu(item.Attribute("alpha", 0.0)))],
        "advanced_activations" when item.Name.Contains("PReLU", StringComparison.Ordinal) => [new PReLU()],
        _ => throw new NotSupportedException($"No layers compute {item.Name}."),
    };

    /// <summary>A matrix is a map of one row; its last axis is the channels' in any case.</summary>
    private static Form Input(KerasCase item)
    {
        if (item.Input.Shape is [int length])
        {
            return Form.Vector(length);
        }

        bool channelsFirst = item.Attribute("data_format", "channels_last") == "channels_first" || IsOverFirstAxis(item);
        int[] shape = item.Input.Shape.Length == 2 ? [1, .. item.Input.Shape] : item.Input.Shape;
        return channelsFirst ? new(shape[1], shape[2], shape[0], ChannelsFirst: true) : new(shape[0], shape[1], shape[2]);
    }

    private static bool IsOverFirstAxis(KerasCase item) => item.Folder == "normalization/BatchNormalization" && item.Attribute("axis", -1) == 1;

    private static Window Kernel(KerasCase item)
    {
        var (dilationHeight, dilationWidth) = item.Pair("dilation_rate") ?? (1, 1);
        return Stepping(item, item.Pair("kernel_size")!.Value, (1, 1)) with { DilationHeight = dilationHeight, DilationWidth = dilationWidth };
    }

    private static Window Pool(KerasCase item) => Stepping(item, item.Pair("pool_size")!.Value, item.Pair("pool_size")!.Value);

    private static Window Stepping(KerasCase item, (int Height, int Width) size, (int Height, int Width) strides)
    {
        var (height, width) = item.Pair("strides") ?? strides;
        return new Window(size.Height, size.Width) { StrideHeight = height, StrideWidth = width, IsSame = item.Attribute("padding", "valid") == "same" };
    }

    private static ZeroPadding2D Padding(KerasCase item)
    {
        JsonElement padding = item.Setting("padding")!.Value;
        if (padding.ValueKind == JsonValueKind.Array && padding[0].ValueKind == JsonValueKind.Array)
        {
            return new ZeroPadding2D(padding[0][0].GetInt32(), padding[0][1].GetInt32(), padding[1][0].GetInt32(), padding[1][1].GetInt32());
        }

        var (vertical, horizontal) = item.Pair("padding")!.Value;
        return new ZeroPadding2D(vertical, vertical, horizontal, horizontal);
    }

    /// <summary>A matrix is a map of one column.</summary>
    private static Reshape Reshaped(KerasCase item) =>
        item.Attribute("target_shape", Array.Empty<int>()) is [int rows, int columns] ? new Reshape(rows, 1, columns) : new Reshape(-1);

    /// <summary>Along an axis that no layout has for its channels: with that axis in the channels' place, and back.</summary>
    private static TestLayer[] Normalized(KerasCase item)
    {
        var layer = new BatchNormalization(item.Attribute("epsilon", 0.0), item.Attribute("center", true), item.Attribute("scale", true));
        int axis = item.Attribute("axis", -1);
        return axis == -1 || axis == item.Input.Shape.Length || IsOverFirstAxis(item) ? [layer] : [new Permute(1, 3, 2), layer, new Permute(1, 3, 2)];
    }

    /// <summary>A Dense of the input for each branch, and what joins them.</summary>
    private static TestLayer[] Joined(KerasCase item, TestLayer join) =>
        [.. Branches(item).Select(name => new Dense(2) { Name = name, From = "input" }), join];

    private static string[] Branches(KerasCase item) =>
        [.. Enumerable.Range(0, item.Weights.Length / 2).Select(i => $"branch{i}")];

    /// <summary>
    /// All but the first case repeat each branch's vector three times. Two of them join the branches along the rows: there these are the
    /// channels as long as they are joined.
    /// </summary>
    private static TestLayer[] Concatenated(KerasCase item)
    {
        string[] names = Branches(item);
        bool alongRows = item.Number is 2 or 3;
        if (item.Number == 0)
        {
            return Joined(item, new Concatenate([.. names]));
        }

        return
        [
            .. names.SelectMany(name => new TestLayer[]
            {
                new Dense(2) { From = "input" },
                new Reshape(1, 1, 2),
                new UpSampling2D(3, 1) { Name = name + "rows" },
                (alongRows ? new Permute(2, 3, 1) : new Permute(1, 2, 3)) with { Name = name },
            }),
            new Concatenate([.. names]),
            alongRows ? new Permute(3, 1, 2) : new Permute(1, 2, 3),
        ];
    }

    /// <summary>Keras 2's hard sigmoid is clip(0.2 x + 0.5, 0, 1); Keras 3's, and Fused's, relu6(x + 3) / 6, is that of 1.2 times as much.</summary>
    private static TestLayer[] Named(string keras) =>
        keras == "hard_sigmoid" ? [new Rescaling(1.2), new Activate(Function.Elementwise.First(f => f.Activation == Fused.Activation.HardSigmoid))] : [new Activate(Of(keras))];

    private static Function Activation(KerasCase item) => Of(item.Attribute("activation", "linear"));

    private static Function Of(string keras) => Function.All.First(f => f.Activation.ToString().Equals(keras, StringComparison.OrdinalIgnoreCase));
}

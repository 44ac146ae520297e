namespace Fused.Testing.Networks.Layers;

/// <summary>What convolutions have in common: a window, a bias, an activation.</summary>
internal abstract record Convolution(Window Window, bool UseBias, Function Function) : TestLayer
{
    /// <summary>What the attributes of all convolutions may end with.</summary>
    protected string Rest =>
        (UseBias ? "" : ", UseBias = false") + (Function == Function.Linear ? "" : $", Activation = {Function.Source}");

    protected IEnumerable<WeightTensor> Biased(Form input, params WeightTensor[] kernels) =>
        UseBias ? [.. kernels, new("bias", Output(input).Channels)] : kernels;

    /// <summary>The bias, or zeros.</summary>
    protected float[] Bias(Form input, Func<string, float[]> weights) => UseBias ? weights("bias") : new float[Output(input).Channels];
}

/// <summary>A correlation, as Keras has it: y[h, w, k] = sum(i, j, c) x[h s + i d, w s + j d, c] kernel[i, j, c, k] + bias[k], by groups of channels.</summary>
internal sealed record Conv2D(int Filters, Window Window, Function Function, int Groups = 1, bool UseBias = true)
    : Convolution(Window, UseBias, Function)
{
    public Conv2D(int filters, Window window)
        : this(filters, window, Function.Linear)
    {
    }

    public Conv2D(int filters, int size)
        : this(filters, new Window(size), Function.Linear)
    {
    }

    public override string KerasName => "conv2d";

    public override string Attribute =>
        $"Conv2D({Filters}, {Window.Size}{Window.Arguments()}{(Groups == 1 ? "" : $", Groups = {Groups}")}{Rest})";

    public override IEnumerable<WeightTensor> Weights(Form input) =>
        Biased(input, new WeightTensor("kernel", Window.Height, Window.Width, input.Channels / Groups, Filters));

    public override Form Output(Form input) => Window.Over(input, Filters);

    public override long Operations(Form input) => (long)Output(input).Length * Window.Area * (input.Channels / Groups);

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        float[] kernel = weights("kernel"), bias = Bias(input.Form, weights);
        int channels = input.Form.Channels / Groups, filters = Filters / Groups;
        var taps = Window.Taps(input.Form);
        return Function.Apply(Signal.Make(Output(input.Form), (p, k) =>
        {
            var sum = new RunningSum(bias[k]);
            int first = k / filters * channels;
            foreach (var (tap, position) in taps[p])
            {
                for (int c = 0; c < channels; c++)
                {
                    sum.Add(input[position, first + c], kernel[(((tap * channels) + c) * Filters) + k]);
                }
            }

            return sum.Total;
        }));
    }
}

/// <summary>Each channel by kernels of its own: output c * multiplier + m is channel c by its kernel m.</summary>
internal sealed record DepthwiseConv2D(Window Window, Function Function, int Multiplier = 1, bool UseBias = true)
    : Convolution(Window, UseBias, Function)
{
    public DepthwiseConv2D(Window window, int multiplier = 1)
        : this(window, Function.Linear, multiplier)
    {
    }

    public override string KerasName => "depthwise_conv2d";

    public override string Attribute =>
        $"DepthwiseConv2D({Window.Size}{(Multiplier == 1 ? "" : $", DepthMultiplier = {Multiplier}")}{Window.Arguments()}{Rest})";

    public override IEnumerable<WeightTensor> Weights(Form input) => Biased(input, Kernel(Window, input, Multiplier));

    public override Form Output(Form input) => Window.Over(input, input.Channels * Multiplier);

    public override long Operations(Form input) => (long)Output(input).Length * Window.Area;

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        float[] kernel = weights("depthwise_kernel"), bias = Bias(input.Form, weights);
        int channels = input.Form.Channels;
        var taps = Window.Taps(input.Form);
        return Function.Apply(Signal.Make(Output(input.Form), (p, k) =>
        {
            var sum = new RunningSum(bias[k]);
            foreach (var (tap, position) in taps[p])
            {
                sum.Add(input[position, k / Multiplier], kernel[(tap * channels * Multiplier) + k]);
            }

            return sum.Total;
        }));
    }

    public static WeightTensor Kernel(Window window, Form input, int multiplier) =>
        new("depthwise_kernel", window.Height, window.Width, input.Channels, multiplier) { Terms = window.Area };
}

/// <summary>A depthwise convolution without bias, then one of single positions, which has the bias and the activation.</summary>
internal sealed record SeparableConv2D(int Filters, Window Window, Function Function, int Multiplier = 1, bool UseBias = true)
    : Convolution(Window, UseBias, Function)
{
    private DepthwiseConv2D Depthwise => new(Window, Function.Linear, Multiplier, UseBias: false);

    private Conv2D Pointwise => new(Filters, new Window(1), Function, UseBias: UseBias);

    public override string KerasName => "separable_conv2d";

    public override string Attribute =>
        $"SeparableConv2D({Filters}, {Window.Size}{(Multiplier == 1 ? "" : $", DepthMultiplier = {Multiplier}")}{Window.Arguments()}{Rest})";

    public override IEnumerable<WeightTensor> Weights(Form input) => Biased(
        input, DepthwiseConv2D.Kernel(Window, input, Multiplier), new WeightTensor("pointwise_kernel", 1, 1, input.Channels * Multiplier, Filters));

    public override Form Output(Form input) => Window.Over(input, Filters);

    public override long Operations(Form input) => Depthwise.Operations(input) + Pointwise.Operations(Depthwise.Output(input));

    public override Signal Run(Signal input, Func<string, float[]> weights) =>
        Pointwise.Run(Depthwise.Run(input, weights), role => weights(role == "kernel" ? "pointwise_kernel" : role));
}

/// <summary>
/// What a convolution with the same window does to gradients: every position of the map adds its kernel to the output, one stride further on
/// than the position before. Keras's lengths: in * stride, and as much more without padding as the kernel is longer than its stride.
/// </summary>
internal sealed record Conv2DTranspose(int Filters, Window Window, Function Function, bool UseBias = true)
    : Convolution(Window, UseBias, Function)
{
    public override string KerasName => "conv2d_transpose";

    public override string Attribute => $"Conv2DTranspose({Filters}, {Window.Size}{Window.Arguments()}{Rest})";

    public override IEnumerable<WeightTensor> Weights(Form input) => Biased(
        input,
        new WeightTensor("kernel", Window.Height, Window.Width, Filters, input.Channels)
        {
            Terms = Math.Max(1, Window.Area / (Window.StrideHeight * Window.StrideWidth)) * input.Channels,
        });

    public override Form Output(Form input) => input with
    {
        Height = (input.Height * Window.StrideHeight) + (Window.IsSame ? 0 : Math.Max(0, Window.Height - Window.StrideHeight)),
        Width = (input.Width * Window.StrideWidth) + (Window.IsSame ? 0 : Math.Max(0, Window.Width - Window.StrideWidth)),
        Channels = Filters,
    };

    public override long Operations(Form input) => (long)input.Length * Window.Area * Filters;

    public override Signal Run(Signal input, Func<string, float[]> weights)
    {
        float[] kernel = weights("kernel"), bias = Bias(input.Form, weights);
        Form form = input.Form, output = Output(form);

        // A same convolution over the output would have so much padding before its first position.
        int top = Window.IsSame ? Math.Max(0, Window.Height - Window.StrideHeight) / 2 : 0;
        int left = Window.IsSame ? Math.Max(0, Window.Width - Window.StrideWidth) / 2 : 0;
        var sums = new RunningSum[output.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = new RunningSum(bias[i % Filters]);
        }

        for (int p = 0; p < form.Positions; p++)
        {
            for (int tap = 0; tap < Window.Area; tap++)
            {
                int y = (p / form.Width * Window.StrideHeight) + (tap / Window.Width) - top;
                int x = (p % form.Width * Window.StrideWidth) + (tap % Window.Width) - left;
                for (int k = 0; k < Filters && y >= 0 && y < output.Height && x >= 0 && x < output.Width; k++)
                {
                    for (int c = 0; c < form.Channels; c++)
                    {
                        sums[(((y * output.Width) + x) * Filters) + k].Add(input[p, c], kernel[(((tap * Filters) + k) * form.Channels) + c]);
                    }
                }
            }
        }

        return Function.Apply(Signal.Make(output, (p, k) => sums[(p * Filters) + k].Total));
    }
}

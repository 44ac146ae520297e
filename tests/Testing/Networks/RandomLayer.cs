using Fused.Testing.Networks.Layers;

namespace Fused.Testing.Networks;

/// <summary>Chooses layers that fit a form, and what they make stays small.</summary>
/// <param name="random">What chooses.</param>
/// <param name="mostSide">The greatest height and width.</param>
/// <param name="mostChannels">The most channels.</param>
/// <param name="mostOperations">The most multiplications of a layer.</param>
internal sealed class RandomLayer(Random random, int mostSide, int mostChannels, int mostOperations)
{
    /// <summary>A row of fewer channels may vary so little that what is left of it is mostly error.</summary>
    private const int FewestNormalized = 4;

    private static readonly int[] Sides = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13];
    private static readonly int[] Filters = [1, 2, 3, 5, 8, 10, 16, 17, 24, 32, 33, 40];
    private static readonly int[] Sizes = [1, 1, 2, 3, 3, 3, 4, 5];

    private bool OneIn(int count) => random.Next(count) == 0;

    public Form Input() => OneIn(10)
        ? Form.Vector(random.Next(1, mostChannels + 1))
        : new Form(Pick(Sides), Pick(Sides), OneIn(5) ? 1 : OneIn(3) ? 3 : random.Next(2, mostChannels + 1), ChannelsFirst: OneIn(4));

    public Function Function() => OneIn(2) ? Fused.Testing.Networks.Function.Linear : Pick(Fused.Testing.Networks.Function.Elementwise);

    /// <summary>Any layer that takes the form.</summary>
    public TestLayer Layer(Form form) => form.IsVector ? OfVector(form) : OfMap(form);

    /// <param name="form">What is read.</param>
    /// <param name="isNeutral">Whether the height and width must stay.</param>
    /// <param name="filters">The channels that must come out; null for any number.</param>
    public Conv2D Convolution(Form form, bool isNeutral, int? filters)
    {
        Window window = isNeutral ? new Window(Pick(Sizes), Pick(Sizes)) { IsSame = true } : Window(form, mayDilate: true);
        int count = filters ?? Pick(Filters);
        while (filters is null && count > 1 && new Conv2D(count, window).Operations(form) > mostOperations)
        {
            count /= 2;
        }

        int[] groups = [.. Enumerable.Range(2, 7).Where(g => form.Channels % g == 0 && count % g == 0)];
        return new Conv2D(count, window, Function(), groups.Length > 0 && OneIn(4) ? Pick(groups) : 1, UseBias: !OneIn(3));
    }

    private TestLayer OfVector(Form form) => random.Next(7) switch
    {
        0 => new BatchNormalization(),
        1 => new Activate(Pick(Networks.Function.Elementwise)),
        2 when form.Channels >= FewestNormalized => new LayerNormalization(OneIn(2) ? 1e-3 : 1e-6),
        3 => new PReLU(),
        4 when form.Channels % 4 == 0 => new Reshape(2, -1, form.Channels / 4),
        _ => new Dense(random.Next(1, mostChannels + 1), Pick(Networks.Function.All), UseBias: !OneIn(4)),
    };

    private TestLayer OfMap(Form form)
    {
        int side = Math.Max(form.Height, form.Width);
        return random.Next(24) switch
        {
            0 or 1 or 2 or 3 => Convolution(form, isNeutral: false, filters: null),
            4 or 5 => new DepthwiseConv2D(Window(form, mayDilate: true), Function(), 2 * form.Channels <= mostChannels && OneIn(3) ? 2 : 1, UseBias: !OneIn(3)),
            6 => new SeparableConv2D(Pick(Filters), Window(form, mayDilate: true), Function(), UseBias: !OneIn(3)),
            7 when side <= 5 => new Conv2DTranspose(
                random.Next(1, 13), new Window(Pick(Sizes), Pick(Sizes)) { StrideHeight = random.Next(1, 3), StrideWidth = random.Next(1, 3), IsSame = OneIn(2) }, Function(), UseBias: !OneIn(3)),
            8 or 9 => new MaxPooling2D(Window(form, mayDilate: false)),
            10 => new AveragePooling2D(Window(form, mayDilate: false), CountIncludePad: OneIn(2)),
            11 => Adaptive(form),
            12 when side <= mostSide - 4 => new ZeroPadding2D(random.Next(3), random.Next(3), random.Next(3), random.Next(3)),
            13 when form.Height > 3 && form.Width > 3 => new Cropping2D(random.Next(2), random.Next(3), random.Next(3), random.Next(2)),
            14 when side * 3 <= mostSide => new UpSampling2D(random.Next(1, 4), random.Next(1, 4), IsBilinear: OneIn(2)),
            15 or 16 => new BatchNormalization(1e-3, Center: !OneIn(4), Scale: !OneIn(4)),
            17 => new Activate(Pick(Networks.Function.Elementwise)),
            18 => new PReLU(IsShared: form.ChannelsFirst || OneIn(2)),
            19 when form.ChannelsAreLast && form.Channels >= FewestNormalized => new LayerNormalization(1e-3, Center: !OneIn(4), Scale: !OneIn(4)),
            20 when form.ChannelsAreLast => new Dense(Pick(Filters), Function()),
            21 => OneIn(2) ? new Rescaling(0.75, OneIn(2) ? -0.5 : 0) : new Normalization([0.25], [0.5]),
            22 when Math.Max(side, form.Channels) <= mostSide => Permuted(),
            23 when form.Height * 2 <= mostSide && form.Channels % 2 == 0 =>
                form.ChannelsFirst ? new Reshape(form.Channels / 2, form.Height * 2, -1) : new Reshape(form.Height * 2, -1, form.Channels / 2),
            _ => Convolution(form, isNeutral: true, filters: null),
        };
    }

    private AdaptivePooling2D Adaptive(Form form)
    {
        PoolKind kind = Pick(Enum.GetValues<PoolKind>());
        return new AdaptivePooling2D(kind == PoolKind.Concat && 2 * form.Channels > mostChannels ? PoolKind.Average : kind, random.Next(1, 8), random.Next(1, 8));
    }

    private Permute Permuted()
    {
        int[] order = [1, 2, 3];
        random.Shuffle(order);
        return new Permute(order[0], order[1], order[2]);
    }

    /// <summary>A window that fits a map, with padding of any kind; under each of its places there is some of the map.</summary>
    private Window Window(Form form, bool mayDilate)
    {
        var window = new Window(Pick(Sizes), OneIn(3) ? Pick(Sizes) : 0) { IsSame = OneIn(2) };
        window = window.Width == 0 ? window with { Width = window.Height } : window;
        window = window with { StrideHeight = Stride(), StrideWidth = Stride() };
        if (mayDilate && OneIn(5))
        {
            // Keras takes no strides and dilation together.
            window = window with { StrideHeight = 1, StrideWidth = 1, DilationHeight = 2, DilationWidth = 2 };
        }

        if (window.IsSame)
        {
            return window;
        }

        if (OneIn(3))
        {
            window = window with
            {
                Top = random.Next((window.Height / 2) + 1),
                Bottom = random.Next((window.Height / 2) + 1),
                Left = random.Next((window.Width / 2) + 1),
                Right = random.Next((window.Width / 2) + 1),
            };
        }

        // Larger than the map: one that has the padding that it needs.
        bool fits = ((window.Height - 1) * window.DilationHeight) + 1 <= form.Height && ((window.Width - 1) * window.DilationWidth) + 1 <= form.Width;
        return fits ? window : window with { IsSame = true, Top = 0, Bottom = 0, Left = 0, Right = 0 };

        int Stride() => OneIn(3) ? random.Next(2, 5) : 1;
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}

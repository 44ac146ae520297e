using System.Runtime.CompilerServices;
using Fused.CompilerServices;

namespace Fused.Benchmarks.Call;

/// <summary>Something that a prediction does, or a whole one.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Run">Does it so many times.</param>
internal sealed record CallPart(string Name, Action<int> Run)
{
    private static readonly float[] Input = [0.5f, 0.25f];
    private static readonly float[] Output = new float[2];
    private static readonly EmptyKernel Kernel = new();
    private static readonly FusedOptions OneThread = new() { MaxDegreeOfParallelism = 1 };
    private static readonly FusedOptions TwoThreads = new() { MaxDegreeOfParallelism = 2 };

    /// <summary>First the calls themselves, then what they consist of, from the outside in.</summary>
    public static IReadOnlyList<CallPart> All { get; } =
    [
        new("a call that adds two numbers", static calls =>
        {
            int sum = 0;
            for (int i = 0; i < calls; i++)
                sum += Lengths(Input, Output);
            Output[0] = sum;
        }),
        Predict("Dense(1), 1 sample, 1 thread", OneDense.Create(1), OneThread, 1),
        Predict("Dense(1), 1 sample, 2 threads allowed", OneDense.Create(1), TwoThreads, 1),
        Predict("Dense(1), no sample, 1 thread", OneDense.Create(1), OneThread, 0),
        Predict("Dense(1), no sample, 2 threads allowed", OneDense.Create(1), TwoThreads, 0),
        Predict("relu, 1 sample, 1 thread", OneActivation.Create(1), OneThread, 1),
        new("part: checks of the two lengths", static calls =>
        {
            int sum = 0;
            for (int i = 0; i < calls; i++)
                sum += PredictArguments.Check("model", 1, 1, Input.Length, Output.Length);
            Output[0] = sum;
        }),
        Scheduled("part: the scheduler, no sample", OneThread, samples: 0),
        Scheduled("part: the scheduler and an empty kernel, 1 thread", OneThread, samples: 1),
        Scheduled("part: the scheduler and an empty kernel, 2 threads allowed, work for 1", TwoThreads, samples: 1, apart: 2),
        new("part: whether the spans overlap", static calls =>
        {
            int sum = 0;
            for (int i = 0; i < calls; i++)
                sum += ((ReadOnlySpan<float>)Input).Overlaps(Output) ? 1 : 0;
            Output[0] = sum;
        }),
        new("part: an empty kernel by its interface", static calls =>
        {
            ITileKernel kernel = Kernel;
            for (int i = 0; i < calls; i++)
                kernel.Execute(in Input[0], ref Output[0], 1, 1);
        }),
        new("part: the thread's scratch memory", static calls =>
        {
            for (int i = 0; i < calls; i++)
                Scratch.Get(16) = i;
        }),
        new("part: the options", static calls =>
        {
            int sum = 0;
            for (int i = 0; i < calls; i++)
                sum += Volatile.Read(in OneThread).MaxDegreeOfParallelism;
            Output[0] = sum;
        }),
        Scheduled("beside it: an empty kernel shared by 2 threads", TwoThreads, samples: 2),
    ];

    private static CallPart Predict<TModel>(string name, TModel model, FusedOptions options, int samples)
        where TModel : class, IFusedModel<TModel>
    {
        model.Options = options;
        return new CallPart("Predict: " + name, calls =>
        {
            ReadOnlySpan<float> input = Input.AsSpan(0, samples);
            Span<float> output = Output.AsSpan(0, samples);
            for (int i = 0; i < calls; i++)
                model.Predict(input, output);
        });
    }

    private static CallPart Scheduled(string name, FusedOptions options, int samples, int apart = 1) => new(name, calls =>
    {
        for (int i = 0; i < calls; i++)
            TileScheduler.Run(Kernel, Input, Output, 1, 1, samples, 1, apart, options);
    });

    /// <summary>Reads what a prediction is given, and nothing more. The results are used, so that no call is left out.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Lengths(ReadOnlySpan<float> input, Span<float> output) => input.Length + output.Length;

    private sealed class EmptyKernel : ITileKernel
    {
        public void Execute(ref readonly float input, ref float output, int samples, int batch)
        {
        }

        public void Execute(ref readonly Half input, ref float output, int samples, int batch)
        {
        }

        public void Execute(ref readonly byte input, Quantization quantization, ref float output, int samples, int batch)
        {
        }
    }
}

using Fused.Generator.IR;
using Fused.Generator.Lowering;
using LoweredKernel = Fused.Generator.IR.Kernel;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>
/// Compares a stage under a schedule with loops in float64: as scheduled and after each pass, in the interpreter, which checks every access.
/// </summary>
internal static class WindowCheck
{
    /// <summary>A product, with random inputs and weights.</summary>
    /// <param name="window">The stage.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="passes">What makes kernels of its loops.</param>
    public static void Product(WindowStage window, StageSchedule schedule, WindowPasses passes)
    {
        var random = new Random(3);
        float[] x = window.RandomMap(random), bias = window.RandomBias(random);
        float[,] matrix = window.RandomMatrix(random);
        var arrays = new Dictionary<string, float[]> { ["x"] = x, ["b"] = bias, ["w"] = Pack(matrix, schedule.Weights, window.Element) };
        Run(window, window.Product, schedule, passes, arrays, window.Multiply(x, matrix, bias), isProduct: true);
    }

    /// <summary>A product channel by channel, and a maximum, with random inputs and weights.</summary>
    /// <param name="window">The stage.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="passes">What makes kernels of its loops.</param>
    public static void Channels(WindowStage window, StageSchedule schedule, WindowPasses passes)
    {
        var random = new Random(7);
        float[] x = window.RandomMap(random), taps = window.RandomTaps(random);
        Run(window, window.Depthwise, schedule, passes, new() { ["x"] = x, ["w"] = taps }, window.MultiplyEach(x, taps), isProduct: false);
        Run(window, window.Maximum, schedule, passes, new() { ["x"] = x }, window.Largest(x), isProduct: false);
    }

    /// <summary>A matrix as <see cref="WeightLayout"/> says that it lies.</summary>
    private static float[] Pack(float[,] matrix, WeightLayout layout, Generator.IR.ElementType element)
    {
        int rows = matrix.GetLength(0), columns = matrix.GetLength(1);
        var packed = new float[layout.Length(rows, columns)];
        for (int row = 0; row < rows; row++)
        {
            for (int k = 0; k < columns; k++)
            {
                int width = layout.PanelWidth, together = layout.Interleave;
                int place = layout.IsTransposed ? (k * rows) + row
                    : (k / width * width * layout.Padded(rows)) + (row / together * together * width) + (k % width * together) + (row % together);
                packed[place] = element switch
                {
                    Generator.IR.ElementType.BFloat16 => unchecked((short)(BitConverter.SingleToInt32Bits(matrix[row, k]) >> 16)),
                    Generator.IR.ElementType.Float16 => BitConverter.HalfToInt16Bits((Half)matrix[row, k]),
                    _ => matrix[row, k],
                };
            }
        }

        return packed;
    }

    /// <summary>The same before and after each pass, and what is emitted passes the verifier.</summary>
    private static void Run(
        WindowStage window, Stage stage, StageSchedule schedule, WindowPasses passes, Dictionary<string, float[]> arrays, double[] expected, bool isProduct)
    {
        Stmt body = LowerStage.Run(stage, schedule);
        Compare("schedule", body);
        foreach (var (pass, run) in passes.All)
        {
            body = run(body);
            Compare(pass, body);
        }

        passes.Verify?.Invoke(new LoweredKernel("Window", "", Buffers.Of(body), body));

        void Compare(string pass, Stmt body)
        {
            var results = new float[window.ResultLength(isProduct)];
            Array.Fill(results, float.NaN);
            try
            {
                Interpreter.Run(new LoweredKernel("Window", "", Buffers.Of(body), body), new Dictionary<string, float[]>(arrays) { ["y"] = results });
            }
            catch (InvalidOperationException exception)
            {
                Assert.Fail($"{pass}, {passes.Name}: {schedule}: {exception.Message}\n{Printer.Print(new LoweredKernel("Window", "", [], body))}");
            }

            float[] actual = window.Trim(results, isProduct);
            for (int i = 0; i < expected.Length; i++)
            {
                if (!(Math.Abs(actual[i] - expected[i]) < 1e-4))
                {
                    Assert.Fail($"{pass}, {passes.Name}: {schedule}: value {i} is {actual[i]:G6}, not {expected[i]:G6}");
                }
            }
        }
    }
}

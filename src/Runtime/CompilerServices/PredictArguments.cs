using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>Checks what a user gives to <c>Predict</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PredictArguments
{
    /// <summary>The number of samples in a call; 0 for an empty input, which is legal.</summary>
    /// <param name="model">The model's name, for the message.</param>
    /// <param name="inputLength">The values of one sample.</param>
    /// <param name="outputLength">The values that one sample gives.</param>
    /// <param name="actualInput">The length of the input.</param>
    /// <param name="actualOutput">The length of the output.</param>
    /// <exception cref="ArgumentException">The input is no whole number of samples, or the output is not exactly as long as they need.</exception>
    public static int Check(string model, int inputLength, int outputLength, int actualInput, int actualOutput)
    {
        int samples = Count(model, inputLength, outputLength, actualInput);
        if (actualOutput != (long)samples * outputLength)
        {
            throw Misfit(
                $"{model}: an output of {actualOutput} values does not fit; an input of ({samples}, {inputLength}) gives ({samples}, {outputLength}), "
                + $"{(long)samples * outputLength} values.",
                "output");
        }

        return samples;
    }

    /// <summary>The number of samples in an input; 0 for an empty one.</summary>
    /// <param name="model">The model's name, for the message.</param>
    /// <param name="inputLength">The values of one sample.</param>
    /// <param name="outputLength">The values that one sample gives.</param>
    /// <param name="actualInput">The length of the input.</param>
    /// <exception cref="ArgumentException">The input is no whole number of samples.</exception>
    public static int Count(string model, int inputLength, int outputLength, int actualInput)
    {
        (int samples, int rest) = Math.DivRem(actualInput, inputLength);
        return rest == 0 ? samples : throw Misfit(
            $"{model}: an input of {actualInput} values is no whole number of samples; it takes (n, {inputLength}) and gives (n, {outputLength}).",
            "input");
    }

    /// <summary>Checks that a quantization says something.</summary>
    /// <param name="quantization">What the user gave.</param>
    /// <exception cref="ArgumentException">It is <c>default</c>, whose scale is 0.</exception>
    public static void Check(Quantization quantization) => quantization.ThrowIfDefault(nameof(quantization));

    // The arguments are those of Predict, which the user called, not those of Check.
    private static ArgumentException Misfit(string message, string argument) => new(message, argument);
}

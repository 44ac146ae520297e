using System.Diagnostics;

namespace Fused.Samples.Classify;

/// <summary>What the sample shows: a photo's bytes in, the five likeliest classes out, and how long that takes.</summary>
internal static class Demo
{
    /// <summary>The networks see the middle of a photo whose short side was made this long, as they did when their accuracy was measured.</summary>
    private const int ShortSide = 256;

    private const int Size = 224;
    private const int Best = 5;
    private const int Seed = 1;
    private const int LeastRounds = 15;
    private const double WarmUpSeconds = 1;
    private const double Seconds = 2;

    public static void Run(Options options)
    {
        byte[] file = options.Photo is null ? TestPicture.Encode() : File.ReadAllBytes(options.Photo);
        long start = Stopwatch.GetTimestamp();
        Photo photo = Photo.Decode(file);
        Console.WriteLine($"{options.Photo ?? "A picture drawn here"}: {photo.Width} x {photo.Height} pixels, " +
            $"{file.Length:N0} bytes decoded in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms");

        string[] labels = options.Labels is null
            ? [.. Enumerable.Range(0, MobileNetV1.OutputLength).Select(i => $"class {i}")]
            : File.ReadAllLines(options.Labels);
        if (labels.Length != MobileNetV1.OutputLength)
            throw new InvalidDataException($"{options.Labels} has {labels.Length} lines; there are {MobileNetV1.OutputLength} classes.");

        if (options.Network is null or Network.MobileNet)
            Classify<MobileNetV1>(photo, ChannelOrder.Rgb, labels, options);
        if (options.Network is null or Network.ResNet50)
            Classify<ResNet50>(photo, ChannelOrder.Bgr, labels, options);
    }

    private static void Classify<TModel>(Photo photo, ChannelOrder order, string[] labels, Options options) where TModel : class, IByteModel<TModel>
    {
        TModel model = options.Weights is null ? TModel.Create(Seed) : TModel.Load(options.Weights);
        model.Options = model.Options with { MaxDegreeOfParallelism = options.Threads };
        byte[] pixels = photo.Crop(Size, ShortSide, order);
        var probabilities = new float[TModel.OutputLength];
        model.Predict(pixels, probabilities);

        Console.WriteLine();
        Console.WriteLine($"{typeof(TModel).Name}, {TModel.ParameterCount:N0} parameters{(options.Weights is null ? "" : $", weights of {options.Weights}")}");
        if (options.Weights is null)
            Console.WriteLine("  No --weights: they are random, and THE CLASSES MEAN NOTHING. The README says how to bring trained ones.");

        foreach (Prediction prediction in Scores.Top(probabilities, labels, Best))
            Console.WriteLine($"  {prediction.Score,8:P2}  {prediction.Label}");

        (double milliseconds, long bytes) = Time(model, pixels, probabilities);
        Console.WriteLine($"  {milliseconds:F1} ms an image, median, up to {options.Threads} thread{(options.Threads == 1 ? "" : "s")}; " +
            $"{bytes} bytes allocated for each");
    }

    /// <summary>The median time of a prediction, in milliseconds, and what each allocates.</summary>
    private static (double Milliseconds, long Bytes) Time<TModel>(TModel model, byte[] pixels, float[] probabilities)
        where TModel : class, IByteModel<TModel>
    {
        // Until the optimised code is there.
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds;)
            model.Predict(pixels, probabilities);

        var times = new List<double>(capacity: 10_000);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (long start = Stopwatch.GetTimestamp(); times.Count < LeastRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds;)
        {
            long before = Stopwatch.GetTimestamp();
            model.Predict(pixels, probabilities);
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        times.Sort();
        return (times[times.Count / 2], allocated / times.Count);
    }
}

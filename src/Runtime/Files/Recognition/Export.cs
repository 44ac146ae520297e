namespace Fused;

/// <summary>Python that saves the weights of a model of another kind as a file that can be loaded.</summary>
internal static class Export
{
    /// <summary>Why a pickle is of no use here.</summary>
    public const string NeverUnpickled = "a pickle can run any code when it is opened, so that none is ever opened here";

    /// <summary>From PyTorch, whose files are pickles, safe only where <c>weights_only</c> is true.</summary>
    public static string PyTorch(FileHead file) =>
        $"safetensors.torch.save_file(torch.load({Name(file, "head.pth")}, map_location=\"cpu\", weights_only=True), \"head.safetensors\") "
        + "does it for a state_dict; of a whole model, load it as you trained it and save its state_dict()";

    /// <summary>From TorchScript.</summary>
    public static string TorchScript(FileHead file) =>
        $"safetensors.torch.save_file(torch.jit.load({Name(file, "head.pt")}, map_location=\"cpu\").state_dict(), \"head.safetensors\") does it";

    /// <summary>From a whole Keras model.</summary>
    public static string Keras(FileHead file) =>
        $"np.savez(\"head.npz\", **{{w.path: w.numpy() for w in keras.saving.load_model({Name(file, "head.keras")}).weights}}) does it";

    /// <summary>From Keras's weights, which only the model that they are of can load.</summary>
    public static string KerasWeights(FileHead file) =>
        $"of a whole model, {Keras(file)}; of weights alone, build the model in Keras, then model.load_weights({Name(file, "head.weights.h5")}) and "
        + "np.savez(\"head.npz\", **{w.path: w.numpy() for w in model.weights})";

    /// <summary>From ONNX.</summary>
    public static string Onnx(FileHead file) =>
        $"np.savez(\"head.npz\", **{{t.name: onnx.numpy_helper.to_array(t) for t in onnx.load({Name(file, "head.onnx")}).graph.initializer}}) does it";

    /// <summary>From a TensorFlow checkpoint, which SavedModels have too.</summary>
    public static string Checkpoint(string prefix) =>
        $"r = tf.train.load_checkpoint(\"{prefix}\") and then np.savez(\"head.npz\", **{{k: r.get_tensor(k) for k in r.get_variable_to_shape_map() if k[0] != \"_\"}}) do it";

    /// <summary>The file's name in quotes, or an example of one where it has none that can stand in code.</summary>
    public static string Name(FileHead file, string example)
    {
        bool isPlain = file.Name.Length > 0 && file.Name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or ' ');
        return $"\"{(isPlain ? Quoted.Text(file.Name) : example)}\"";
    }
}

namespace Fused.Gpu.Tests.Ptx;

/// <summary>What an instruction is counted as.</summary>
internal static class PtxKind
{
    /// <summary>The kind of an instruction that neither loads nor stores.</summary>
    public static string Of(PtxInstruction instruction)
    {
        switch (instruction.Operation)
        {
            case "setp" or "testp":
                return "setp";
            case "selp" or "mov" or "cvt" or "cvta" or "call":
                return instruction.Operation;
            case "bra" or "ret" or "exit":
                return "branch";
            case "bar" or "barrier":
                return "barrier";
            case "membar" or "fence":
                return "fence";
            case "atom" or "red":
                return "atomic";
        }

        string type = instruction.Type;
        return type switch
        {
            "f32" or "f64" => $"{type} {Float(instruction.Operation)}",
            PtxType.Predicate => "predicate",
            _ when instruction.Operation is "div" or "rem" => PtxType.Bytes(type) == 8 ? "integer div64" : "integer div",
            _ => "integer",
        };
    }

    private static string Float(string operation) => operation switch
    {
        "sub" => "add",
        "max" or "min" => "max/min",
        "mad" => "fma",
        "rcp" => "div",
        "rsqrt" => "sqrt",
        "ex2" or "lg2" or "sin" or "cos" or "tanh" => "special",
        _ => operation,
    };
}

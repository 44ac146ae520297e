namespace Fused.Gpu.Tests.Ptx;

/// <summary>The meaning of PTX's arithmetic on the bits of single values.</summary>
internal static class PtxScalar
{
    /// <summary>The function of an instruction, or nothing where there is none for its operation and type.</summary>
    public static Func<ulong, ulong, ulong, ulong>? Function(PtxInstruction instruction)
    {
        string type = instruction.Type;
        if (instruction.Operation == "cvt")
        {
            return Convert(instruction);
        }

        Func<ulong, ulong, ulong, ulong>? function = type switch
        {
            PtxType.Predicate => Predicate(instruction.Operation),
            "f32" => Single(instruction),
            "f64" => Double(instruction),
            _ => Integer(instruction),
        };
        if (function is null || type != "f32" || !instruction.Has("ftz"))
        {
            return function;
        }

        return instruction.Operation == "setp"
            ? (a, b, c) => function(Flush(a), Flush(b), c)
            : (a, b, c) => Flush(function(Flush(a), Flush(b), Flush(c)));

        static ulong Flush(ulong bits) => (bits & 0x7F800000) == 0 ? bits & 0x80000000 : bits;
    }

    private static float F(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong F(float value) => BitConverter.SingleToUInt32Bits(value);

    private static double D(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static ulong D(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static Func<ulong, ulong, ulong, ulong>? Predicate(string operation) => operation switch
    {
        "and" => (a, b, _) => a & b,
        "or" => (a, b, _) => a | b,
        "xor" => (a, b, _) => a ^ b,
        "not" => (a, _, _) => a ^ 1,
        "mov" => (a, _, _) => a,
        _ => null,
    };

    private static Func<ulong, ulong, ulong, ulong>? Single(PtxInstruction instruction) => instruction.Operation switch
    {
        "mov" => (a, _, _) => a,
        "add" => (a, b, _) => F(F(a) + F(b)),
        "sub" => (a, b, _) => F(F(a) - F(b)),
        "mul" => (a, b, _) => F(F(a) * F(b)),
        "div" => (a, b, _) => F(F(a) / F(b)),
        "fma" => (a, b, c) => F(MathF.FusedMultiplyAdd(F(a), F(b), F(c))),
        "max" => (a, b, _) => F(float.MaxNumber(F(a), F(b))),
        "min" => (a, b, _) => F(float.MinNumber(F(a), F(b))),
        "neg" => (a, _, _) => a ^ 0x80000000,
        "abs" => (a, _, _) => a & 0x7FFFFFFF,
        "sqrt" => (a, _, _) => F(MathF.Sqrt(F(a))),
        "rsqrt" => (a, _, _) => F((float)(1 / Math.Sqrt(F(a)))),
        "rcp" => (a, _, _) => F(1f / F(a)),
        "ex2" => (a, _, _) => F((float)Math.Pow(2, F(a))),
        "lg2" => (a, _, _) => F((float)Math.Log2(F(a))),
        "sin" => (a, _, _) => F((float)Math.Sin(F(a))),
        "cos" => (a, _, _) => F((float)Math.Cos(F(a))),
        "tanh" => (a, _, _) => F((float)Math.Tanh(F(a))),
        "testp" when instruction.Has("notanumber") => (a, _, _) => float.IsNaN(F(a)) ? 1u : 0,
        "testp" when instruction.Has("infinite") => (a, _, _) => float.IsInfinity(F(a)) ? 1u : 0,
        "testp" when instruction.Has("finite") => (a, _, _) => float.IsFinite(F(a)) ? 1u : 0,
        "testp" when instruction.Has("number") => (a, _, _) => float.IsNaN(F(a)) ? 0 : 1u,
        "setp" => CompareFloat(instruction.FirstModifier, bits => F(bits)),
        _ => null,
    };

    private static Func<ulong, ulong, ulong, ulong>? Double(PtxInstruction instruction) => instruction.Operation switch
    {
        "mov" => (a, _, _) => a,
        "add" => (a, b, _) => D(D(a) + D(b)),
        "sub" => (a, b, _) => D(D(a) - D(b)),
        "mul" => (a, b, _) => D(D(a) * D(b)),
        "div" => (a, b, _) => D(D(a) / D(b)),
        "fma" => (a, b, c) => D(Math.FusedMultiplyAdd(D(a), D(b), D(c))),
        "max" => (a, b, _) => D(double.MaxNumber(D(a), D(b))),
        "min" => (a, b, _) => D(double.MinNumber(D(a), D(b))),
        "neg" => (a, _, _) => a ^ (1ul << 63),
        "abs" => (a, _, _) => a & ~(1ul << 63),
        "sqrt" => (a, _, _) => D(Math.Sqrt(D(a))),
        "rcp" => (a, _, _) => D(1 / D(a)),
        "setp" => CompareFloat(instruction.FirstModifier, D),
        _ => null,
    };

    private static Func<ulong, ulong, ulong, ulong>? CompareFloat(string comparison, Func<ulong, double> value)
    {
        Func<double, double, bool>? holds = comparison switch
        {
            "eq" => (a, b) => a == b,
            "ne" => (a, b) => a < b || a > b,
            "lt" => (a, b) => a < b,
            "le" => (a, b) => a <= b,
            "gt" => (a, b) => a > b,
            "ge" => (a, b) => a >= b,
            "equ" => (a, b) => !(a < b || a > b),
            "neu" => (a, b) => a != b,
            "ltu" => (a, b) => !(a >= b),
            "leu" => (a, b) => !(a > b),
            "gtu" => (a, b) => !(a <= b),
            "geu" => (a, b) => !(a < b),
            "num" => (a, b) => !double.IsNaN(a) && !double.IsNaN(b),
            "nan" => (a, b) => double.IsNaN(a) || double.IsNaN(b),
            _ => null,
        };
        return holds is null ? null : (a, b, _) => holds(value(a), value(b)) ? 1u : 0;
    }

    /// <summary>Integers: computed as 64-bit values of the type's sign and cut to the type's width by the register they go to.</summary>
    private static Func<ulong, ulong, ulong, ulong>? Integer(PtxInstruction instruction)
    {
        string type = instruction.Type;
        int bytes = PtxType.Bytes(type);
        if (bytes == 0)
        {
            return null;
        }

        int width = bytes * 8;
        bool signed = PtxType.IsSigned(type);
        ulong U(ulong bits) => width == 64 ? bits : bits & ((1ul << width) - 1);
        long S(ulong bits) => (long)(bits << (64 - width)) >> (64 - width);

        // Not left to the processor's trap: an OpenCL driver in the process may take its signal away (PoCL does, for kernels of its
        // own), after which a division by zero goes on with whatever was there.
        ulong Divisor(ulong bits) => U(bits) == 0 ? throw new DivideByZeroException() : bits;
        switch (instruction.Operation)
        {
            case "mov":
                return (a, _, _) => U(a);
            case "add":
                return (a, b, _) => U(a + b);
            case "sub":
                return (a, b, _) => U(a - b);
            case "mul" when instruction.Has("wide"):
                return signed ? (a, b, _) => (ulong)(S(a) * S(b)) : (a, b, _) => U(a) * U(b);
            case "mul" when instruction.Has("hi"):
                return signed ? (a, b, _) => U((ulong)(((Int128)S(a) * S(b)) >> width)) : (a, b, _) => U((ulong)(((UInt128)U(a) * U(b)) >> width));
            case "mul" when instruction.Has("lo"):
                return (a, b, _) => U(a * b);
            case "mad" when instruction.Has("wide"):
                return signed ? (a, b, c) => (ulong)(S(a) * S(b)) + c : (a, b, c) => U(a) * U(b) + c;
            case "mad" when instruction.Has("lo"):
                return (a, b, c) => U(a * b + c);
            case "div":
                return signed ? (a, b, _) => U((ulong)(S(b) == -1 ? -S(a) : S(a) / S(Divisor(b)))) : (a, b, _) => U(a) / U(Divisor(b));
            case "rem":
                return signed ? (a, b, _) => U((ulong)(S(b) == -1 ? 0 : S(a) % S(Divisor(b)))) : (a, b, _) => U(a) % U(Divisor(b));
            case "neg":
                return (a, _, _) => U((ulong)-S(a));
            case "abs":
                return (a, _, _) => U((ulong)(S(a) < 0 ? -S(a) : S(a)));
            case "min":
                return signed ? (a, b, _) => U((ulong)Math.Min(S(a), S(b))) : (a, b, _) => Math.Min(U(a), U(b));
            case "max":
                return signed ? (a, b, _) => U((ulong)Math.Max(S(a), S(b))) : (a, b, _) => Math.Max(U(a), U(b));
            case "and":
                return (a, b, _) => U(a & b);
            case "or":
                return (a, b, _) => U(a | b);
            case "xor":
                return (a, b, _) => U(a ^ b);
            case "not":
                return (a, _, _) => U(~a);
            case "shl":
                return (a, b, _) => (uint)b >= width ? 0 : U(a << (int)b);
            case "shr":
                return signed
                    ? (a, b, _) => U((ulong)(S(a) >> (int)Math.Min((uint)b, width - 1)))
                    : (a, b, _) => (uint)b >= width ? 0 : U(a) >> (int)b;
            case "setp":
                return CompareInteger(instruction.FirstModifier, signed, U, S);
            default:
                return null;
        }
    }

    private static Func<ulong, ulong, ulong, ulong>? CompareInteger(string comparison, bool signed, Func<ulong, ulong> u, Func<ulong, long> s)
    {
        Func<int, bool>? holds = comparison switch
        {
            "eq" => c => c == 0,
            "ne" => c => c != 0,
            "lt" or "lo" => c => c < 0,
            "le" or "ls" => c => c <= 0,
            "gt" or "hi" => c => c > 0,
            "ge" or "hs" => c => c >= 0,
            _ => null,
        };
        return holds is null ? null
            : signed ? (a, b, _) => holds(s(a).CompareTo(s(b))) ? 1u : 0
            : (a, b, _) => holds(u(a).CompareTo(u(b))) ? 1u : 0;
    }

    private static Func<ulong, ulong, ulong, ulong>? Convert(PtxInstruction instruction)
    {
        string from = instruction.Type;
        string to = instruction.ResultType;
        int fromWidth = PtxType.Bytes(from) * 8;
        int toWidth = PtxType.Bytes(to) * 8;
        if (fromWidth == 0 || toWidth == 0 || instruction.Has("ftz") || instruction.Has("sat"))
        {
            return null;
        }

        if (!PtxType.IsFloat(from))
        {
            bool signed = PtxType.IsSigned(from);
            long Value(ulong bits) => signed
                ? (long)(bits << (64 - fromWidth)) >> (64 - fromWidth)
                : (long)(fromWidth == 64 ? bits : bits & ((1ul << fromWidth) - 1));
            return to switch
            {
                "f32" when instruction.Has("rn") => signed || fromWidth < 64 ? (a, _, _) => F((float)Value(a)) : (a, _, _) => F((float)a),
                "f64" when instruction.Has("rn") => signed || fromWidth < 64 ? (a, _, _) => D((double)Value(a)) : (a, _, _) => D((double)a),
                "f32" or "f64" or "f16" => null,

                // A narrow result is kept zero-extended; what reads it says how many bits count.
                _ => (a, _, _) => (ulong)Value(a) & (toWidth == 64 ? ulong.MaxValue : (1ul << toWidth) - 1),
            };
        }

        Func<ulong, double> read = from switch
        {
            "f16" => bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
            "f32" => bits => F(bits),
            _ => D,
        };
        Func<double, double>? round =
            instruction.Has("rzi") ? Math.Truncate
            : instruction.Has("rmi") ? Math.Floor
            : instruction.Has("rpi") ? Math.Ceiling
            : instruction.Has("rni") ? value => Math.Round(value, MidpointRounding.ToEven)
            : PtxType.IsFloat(to) && (toWidth > fromWidth || instruction.Has("rn")) ? value => value
            : null;
        return round is null ? null : to switch
        {
            "f16" => (a, _, _) => BitConverter.HalfToUInt16Bits((Half)round(read(a))),
            "f32" => (a, _, _) => F((float)round(read(a))),
            "f64" => (a, _, _) => D(round(read(a))),

            // PTX saturates and makes 0 of a NaN, as .NET's conversions do.
            "s32" => (a, _, _) => (uint)(int)round(read(a)),
            "u32" => (a, _, _) => (uint)round(read(a)),
            "s64" => (a, _, _) => (ulong)(long)round(read(a)),
            "u64" => (a, _, _) => (ulong)round(read(a)),
            _ => null,
        };
    }
}

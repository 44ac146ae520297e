using System.Globalization;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Each instruction against its meaning in .NET, in full warps and in one that is not.</summary>
public sealed class PtxArithmeticTests
{
    private const int Threads = 77;
    private static readonly float[] Floats =
        [0, -0f, 1, -1, 0.5f, -2.5f, 3.7f, 1e-40f, -1e-40f, 1e20f, -1e20f, 1e9f, -3e9f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    private static readonly long[] Integers =
        [0, 1, -1, 2, 7, -7, 31, 32, 33, 63, 64, 255, 32767, -32768, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    public static TheoryData<string> Instructions => [.. Cases.Keys];

    private static Dictionary<string, Case> Cases { get; } = All().ToDictionary(c => $"{c.Instruction} of {c.Type}");

    [Theory]
    [MemberData(nameof(Instructions))]
    public void Instruction_gives_what_dotnet_gives(string instruction)
    {
        Case test = Cases[instruction];
        ulong[] operands = Operands(test);
        var memory = new PtxMemory();
        PtxBuffer input = memory.Allocate<ulong>("input", operands);
        PtxBuffer output = memory.Allocate<ulong>("output", new ulong[Threads]);
        PtxMachine.Launch(
            PtxKernel.Parse(Text(test)), memory, new PtxGrid(1, 1, Threads), [PtxArgument.Value(input.Address), PtxArgument.Value(output.Address)]);
        ulong[] results = output.Read<ulong>();
        for (int i = 0; i < Threads; i++)
        {
            ulong expected = test.Meaning(operands[3 * i], operands[3 * i + 1], operands[3 * i + 2]);
            Assert.True(
                IsSame(expected, results[i], test.Result),
                $"{instruction} of {operands[3 * i]:x}, {operands[3 * i + 1]:x}, {operands[3 * i + 2]:x} gave {results[i]:x}, not {expected:x}");
        }
    }

    private static IEnumerable<Case> All() =>
        [.. Singles(), .. Words(), .. Longs(), .. Doubles(), .. Comparisons(), .. Conversions()];

    private static IEnumerable<Case> Singles()
    {
        Case F(string instruction, Func<float, float, float, float> meaning) => new(
            instruction, "f32", (a, b, c) => BitConverter.SingleToUInt32Bits(meaning(Single(a), Single(b), Single(c))));
        Case P(string instruction, Func<float, bool> meaning) => new(instruction, "f32", (a, _, _) => meaning(Single(a)) ? 1u : 0, "pred");
        static float Flush(float value) => float.IsSubnormal(value) ? 0f * value : value;
        return
        [
            F("mov.f32 d, a", (a, _, _) => a),
            F("add.f32 d, a, b", (a, b, _) => a + b),
            F("sub.f32 d, a, b", (a, b, _) => a - b),
            F("mul.f32 d, a, b", (a, b, _) => a * b),
            F("add.ftz.f32 d, a, b", (a, b, _) => Flush(Flush(a) + Flush(b))),
            F("mul.ftz.f32 d, a, b", (a, b, _) => Flush(Flush(a) * Flush(b))),
            F("fma.rn.f32 d, a, b, c", MathF.FusedMultiplyAdd),
            F("div.rn.f32 d, a, b", (a, b, _) => a / b),
            F("max.f32 d, a, b", (a, b, _) => float.IsNaN(a) ? b : float.IsNaN(b) ? a : MathF.Max(a, b)),
            F("min.f32 d, a, b", (a, b, _) => float.IsNaN(a) ? b : float.IsNaN(b) ? a : MathF.Min(a, b)),
            F("neg.f32 d, a", (a, _, _) => -a),
            F("abs.f32 d, a", (a, _, _) => MathF.Abs(a)),
            F("sqrt.rn.f32 d, a", (a, _, _) => MathF.Sqrt(a)),
            F("rcp.rn.f32 d, a", (a, _, _) => 1 / a),
            F("rsqrt.approx.f32 d, a", (a, _, _) => (float)(1 / Math.Sqrt(a))),
            F("ex2.approx.f32 d, a", (a, _, _) => (float)Math.Pow(2, a)),
            F("lg2.approx.f32 d, a", (a, _, _) => (float)Math.Log2(a)),
            F("sin.approx.f32 d, a", (a, _, _) => (float)Math.Sin(a)),
            F("cos.approx.f32 d, a", (a, _, _) => (float)Math.Cos(a)),
            F("tanh.approx.f32 d, a", (a, _, _) => (float)Math.Tanh(a)),
            F("add.f32 d, a, 0f3FC00000", (a, _, _) => a + 1.5f),
            P("testp.notanumber.f32 d, a", float.IsNaN),
            P("testp.number.f32 d, a", a => !float.IsNaN(a)),
            P("testp.infinite.f32 d, a", float.IsInfinity),
            P("testp.finite.f32 d, a", float.IsFinite),
        ];
    }

    private static IEnumerable<Case> Words()
    {
        Case S(string instruction, Func<int, int, int, int> meaning) => new(instruction, "s32", (a, b, c) => (uint)meaning((int)a, (int)b, (int)c));
        Case U(string instruction, Func<uint, uint, uint, uint> meaning) => new(instruction, "u32", (a, b, c) => meaning((uint)a, (uint)b, (uint)c));
        return
        [
            U("mov.b32 d, a", (a, _, _) => a),
            S("add.s32 d, a, b", (a, b, _) => a + b),
            S("add.s32 d, a, -5", (a, _, _) => a - 5),
            S("sub.s32 d, a, b", (a, b, _) => a - b),
            S("mul.lo.s32 d, a, b", (a, b, _) => a * b),
            U("mul.hi.u32 d, a, b", (a, b, _) => (uint)((ulong)a * b >> 32)),
            S("mul.hi.s32 d, a, b", (a, b, _) => (int)((long)a * b >> 32)),
            new("mul.wide.u32 d, a, b", "u32", (a, b, _) => (ulong)(uint)a * (uint)b, "u64"),
            new("mul.wide.s32 d, a, b", "s32", (a, b, _) => (ulong)((long)(int)a * (int)b), "u64"),
            S("mad.lo.s32 d, a, b, c", (a, b, c) => a * b + c),
            S("div.s32 d, a, b", (a, b, _) => b == -1 ? -a : a / b),
            S("rem.s32 d, a, b", (a, b, _) => b == -1 ? 0 : a % b),
            U("div.u32 d, a, b", (a, b, _) => a / b),
            U("rem.u32 d, a, b", (a, b, _) => a % b),
            S("neg.s32 d, a", (a, _, _) => -a),
            S("abs.s32 d, a", (a, _, _) => a == int.MinValue ? a : Math.Abs(a)),
            S("min.s32 d, a, b", (a, b, _) => Math.Min(a, b)),
            S("max.s32 d, a, b", (a, b, _) => Math.Max(a, b)),
            U("min.u32 d, a, b", (a, b, _) => Math.Min(a, b)),
            U("max.u32 d, a, b", (a, b, _) => Math.Max(a, b)),
            U("and.b32 d, a, b", (a, b, _) => a & b),
            U("or.b32 d, a, b", (a, b, _) => a | b),
            U("xor.b32 d, a, b", (a, b, _) => a ^ b),
            U("not.b32 d, a", (a, _, _) => ~a),
            U("shl.b32 d, a, b", (a, b, _) => b > 31 ? 0 : a << (int)b),
            U("shl.b32 d, a, 3", (a, _, _) => a << 3),
            U("shr.u32 d, a, b", (a, b, _) => b > 31 ? 0 : a >> (int)b),
            U("shr.u32 d, a, 7", (a, _, _) => a >> 7),
            S("shr.s32 d, a, b", (a, b, _) => a >> (int)Math.Min((uint)b, 31)),
            S("shr.s32 d, a, 7", (a, _, _) => a >> 7),
            new("selp.b32 d, a, b, %p0", "u32", (a, b, _) => (uint)a >= 8 ? (uint)a : (uint)b, Before: "setp.hs.u32 %p0, a, 8"),
            new("or.pred d, %p0, %p1", "u32", (a, b, _) => (uint)a >= 8 | (uint)b == 1 ? 1u : 0, "pred", "setp.hs.u32 %p0, a, 8\nsetp.eq.u32 %p1, b, 1"),
            new("and.pred d, %p0, %p1", "u32", (a, b, _) => (uint)a >= 8 & (uint)b != 1 ? 1u : 0, "pred", "setp.hs.u32 %p0, a, 8\nsetp.ne.u32 %p1, b, 1"),
            new("not.pred d, %p0", "u32", (a, _, _) => (uint)a >= 8 ? 0 : 1u, "pred", "setp.hs.u32 %p0, a, 8"),
        ];
    }

    private static IEnumerable<Case> Longs()
    {
        Case S(string instruction, Func<long, long, long, long> meaning) => new(instruction, "s64", (a, b, c) => (ulong)meaning((long)a, (long)b, (long)c));
        Case U(string instruction, Func<ulong, ulong, ulong, ulong> meaning) => new(instruction, "u64", meaning);
        return
        [
            U("mov.b64 d, a", (a, _, _) => a),
            U("add.u64 d, a, b", (a, b, _) => a + b),
            S("sub.s64 d, a, b", (a, b, _) => a - b),
            S("mul.lo.s64 d, a, b", (a, b, _) => a * b),
            S("mad.lo.s64 d, a, b, c", (a, b, c) => a * b + c),
            S("div.s64 d, a, b", (a, b, _) => b == -1 ? -a : a / b),
            S("rem.s64 d, a, b", (a, b, _) => b == -1 ? 0 : a % b),
            U("div.u64 d, a, b", (a, b, _) => a / b),
            U("rem.u64 d, a, b", (a, b, _) => a % b),
            S("neg.s64 d, a", (a, _, _) => -a),
            S("min.s64 d, a, b", (a, b, _) => Math.Min(a, b)),
            U("max.u64 d, a, b", (a, b, _) => Math.Max(a, b)),
            U("and.b64 d, a, b", (a, b, _) => a & b),
            U("or.b64 d, a, b", (a, b, _) => a | b),
            U("xor.b64 d, a, b", (a, b, _) => a ^ b),
            U("not.b64 d, a", (a, _, _) => ~a),
            U("shl.b64 d, a, 40", (a, _, _) => a << 40),
            S("shr.s64 d, a, 5", (a, _, _) => a >> 5),
            U("shr.u64 d, a, 64", (_, _, _) => 0),
            U("selp.b64 d, a, b, %p0", (a, b, _) => a == b ? a : b) with { Before = "setp.eq.u64 %p0, a, b" },
        ];
    }

    private static IEnumerable<Case> Doubles()
    {
        Case D(string instruction, Func<double, double, double> meaning) => new(
            instruction, "f64", (a, b, _) => BitConverter.DoubleToUInt64Bits(meaning(Double(a), Double(b))));
        return
        [
            D("add.f64 d, a, b", (a, b) => a + b),
            D("sub.f64 d, a, b", (a, b) => a - b),
            D("mul.f64 d, a, b", (a, b) => a * b),
            D("div.rn.f64 d, a, b", (a, b) => a / b),
            D("sqrt.rn.f64 d, a", (a, _) => Math.Sqrt(a)),
            D("neg.f64 d, a", (a, _) => -a),
            D("abs.f64 d, a", (a, _) => Math.Abs(a)),
            D("mul.f64 d, a, 0d4004000000000000", (a, _) => a * 2.5),
        ];
    }

    private static IEnumerable<Case> Comparisons()
    {
        (string Name, Func<float, float, bool> Meaning)[] floats =
        [
            ("eq", (a, b) => a == b), ("neu", (a, b) => a != b), ("ne", (a, b) => a < b || a > b), ("equ", (a, b) => !(a < b || a > b)),
            ("lt", (a, b) => a < b), ("le", (a, b) => a <= b), ("gt", (a, b) => a > b), ("ge", (a, b) => a >= b),
            ("ltu", (a, b) => !(a >= b)), ("leu", (a, b) => !(a > b)), ("gtu", (a, b) => !(a <= b)), ("geu", (a, b) => !(a < b)),
            ("num", (a, b) => !float.IsNaN(a) && !float.IsNaN(b)), ("nan", (a, b) => float.IsNaN(a) || float.IsNaN(b)),
        ];
        (string Name, string UnsignedName, Func<int, bool> Meaning)[] integers =
        [
            ("eq", "eq", c => c == 0), ("ne", "ne", c => c != 0), ("lt", "lo", c => c < 0), ("le", "ls", c => c <= 0), ("gt", "hi", c => c > 0), ("ge", "hs", c => c >= 0),
        ];
        foreach ((string name, Func<float, float, bool> meaning) in floats)
        {
            yield return new Case($"setp.{name}.f32 d, a, b", "f32", (a, b, _) => meaning(Single(a), Single(b)) ? 1u : 0, "pred");
        }

        foreach ((string name, string unsignedName, Func<int, bool> meaning) in integers)
        {
            yield return new Case($"setp.{name}.s32 d, a, b", "s32", (a, b, _) => meaning(((int)a).CompareTo((int)b)) ? 1u : 0, "pred");
            yield return new Case($"setp.{unsignedName}.u32 d, a, b", "u32", (a, b, _) => meaning(((uint)a).CompareTo((uint)b)) ? 1u : 0, "pred");
            yield return new Case($"setp.{name}.s64 d, a, b", "s64", (a, b, _) => meaning(((long)a).CompareTo((long)b)) ? 1u : 0, "pred");
        }
    }

    private static IEnumerable<Case> Conversions()
    {
        static Case C(string instruction, string type, string result, Func<ulong, ulong> meaning) => new(
            instruction + " d, a", type, (a, _, _) => meaning(a), result);
        static ulong F(float value) => BitConverter.SingleToUInt32Bits(value);
        return
        [
            C("cvt.s64.s32", "s32", "s64", a => (ulong)(int)a),
            C("cvt.u64.u32", "u32", "u64", a => (uint)a),
            C("cvt.u32.u64", "u64", "u32", a => (uint)a),
            C("cvt.s32.s16", "s16", "s32", a => (uint)(short)a),
            C("cvt.s32.u16", "u16", "s32", a => (ushort)a),
            C("cvt.s32.u8", "u8", "s32", a => (byte)a),
            C("cvt.s32.s8", "s8", "s32", a => (uint)(sbyte)a),
            C("cvt.u8.u32", "u32", "u8", a => (byte)a),
            C("cvt.s16.s32", "s32", "s16", a => (ushort)a),
            C("cvt.rn.f32.s32", "s32", "f32", a => F((int)a)),
            C("cvt.rn.f32.u32", "u32", "f32", a => F((uint)a)),
            C("cvt.rn.f32.s64", "s64", "f32", a => F((long)a)),
            C("cvt.rn.f32.u64", "u64", "f32", a => F(a)),
            C("cvt.rn.f64.u32", "u32", "f64", a => BitConverter.DoubleToUInt64Bits((uint)a)),
            C("cvt.rn.f32.f64", "f64", "f32", a => F((float)Double(a))),
            C("cvt.f64.f32", "f32", "f64", a => BitConverter.DoubleToUInt64Bits(Single(a))),
            C("cvt.rzi.s32.f32", "f32", "s32", a => (uint)(int)Single(a)),
            C("cvt.rzi.u32.f32", "f32", "u32", a => (uint)Single(a)),
            C("cvt.rzi.s64.f32", "f32", "s64", a => (ulong)(long)Single(a)),
            C("cvt.rmi.f32.f32", "f32", "f32", a => F(MathF.Floor(Single(a)))),
            C("cvt.rpi.f32.f32", "f32", "f32", a => F(MathF.Ceiling(Single(a)))),
            C("cvt.rni.f32.f32", "f32", "f32", a => F(MathF.Round(Single(a), MidpointRounding.ToEven))),
            C("cvt.f32.f16", "f16", "f32", a => F((float)BitConverter.UInt16BitsToHalf((ushort)a))),
            C("cvt.rn.f16.f32", "f32", "f16", a => BitConverter.HalfToUInt16Bits((Half)Single(a))),
            C("mov.b32", "f32", "u32", a => (uint)a),
            C("mov.f32", "u32", "f32", a => (uint)a),
        ];
    }

    private static float Single(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static double Double(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static bool IsSame(ulong expected, ulong result, string type) => expected == result || type switch
    {
        "f32" => float.IsNaN(Single(expected)) && float.IsNaN(Single(result)),
        "f64" => double.IsNaN(Double(expected)) && double.IsNaN(Double(result)),
        "f16" => Half.IsNaN(BitConverter.UInt16BitsToHalf((ushort)expected)) && Half.IsNaN(BitConverter.UInt16BitsToHalf((ushort)result)),
        _ => false,
    };

    private static ulong[] Operands(Case test)
    {
        var random = new Random(1);
        ulong[] operands = new ulong[3 * Threads];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = test.Type switch
            {
                "f32" => BitConverter.SingleToUInt32Bits(Floats[random.Next(Floats.Length)]),
                "f64" => BitConverter.DoubleToUInt64Bits(Floats[random.Next(Floats.Length)] * 1.1),
                _ => (ulong)Integers[random.Next(Integers.Length)],
            };
            bool isDivision = test.Instruction.StartsWith("div", StringComparison.Ordinal) || test.Instruction.StartsWith("rem", StringComparison.Ordinal);
            if (isDivision && (PtxType.Bytes(test.Type) == 4 ? (uint)operands[i] : operands[i]) == 0)
            {
                operands[i] = 3;
            }
        }

        return operands;
    }

    /// <summary>A kernel that gives each thread three operands, and stores what the instruction makes of them.</summary>
    private static string Text(Case test)
    {
        string Name(char operand) => $"%{Prefix(operand == 'd' ? test.Result : test.Type)}{"abcd".IndexOf(operand, StringComparison.Ordinal)}";
        string Fill(string text)
        {
            string[] words = text.Split(' ');
            return string.Join(' ', words.Select(w => w.TrimEnd(',', ';', '\n') is [var operand] && operand is >= 'a' and <= 'd'
                ? w.Replace(operand.ToString(CultureInfo.InvariantCulture), Name(operand), StringComparison.Ordinal)
                : w));
        }

        string load = string.Concat("abc".Select((operand, i) => $"ld.global.{Storage(test.Type)} {Name(operand)}, [%rd8+{8 * i}];\n"));
        string store = test.Result == "pred"
            ? $"selp.b32 %r9, 1, 0, {Name('d')};\nst.global.b32 [%rd9], %r9;\n"
            : $"st.global.{Storage(test.Result)} [%rd9], {Name('d')};\n";
        string before = test.Before is null ? "" : string.Concat(test.Before.Split('\n').Select(l => Fill(l) + ";\n"));
        return $$"""
            .version 8.0
            .target sm_80
            .visible .entry Kernel(
            .param .b64 input,
            .param .b64 output
            )
            {
            .reg .pred %p<9>;
            .reg .b16 %rs<9>;
            .reg .b32 %r<12>;
            .reg .b64 %rd<12>;
            .reg .f32 %f<9>;
            .reg .f64 %fd<9>;
            mov.u32 %r10, %tid.x;
            ld.param.b64 %rd10, [input];
            mad.wide.u32 %rd8, %r10, 24, %rd10;
            ld.param.b64 %rd10, [output];
            mad.wide.u32 %rd9, %r10, 8, %rd10;
            {{load}}{{before}}{{Fill(test.Instruction)}};
            {{store}}ret;
            }
            """;
    }

    private static string Storage(string type) => $"b{8 * PtxType.Bytes(type)}" switch
    {
        "b32" when type == "f32" => "f32",
        "b64" when type == "f64" => "f64",
        string bits => bits,
    };

    private static string Prefix(string type) => type switch
    {
        "pred" => "p",
        "f32" => "f",
        "f64" => "fd",
        _ => PtxType.Bytes(type) switch { 8 => "rd", 4 => "r", _ => "rs" },
    };

    /// <summary>An instruction and what it means: its operands are of one type, its result of another or the same.</summary>
    private sealed record Case(string Instruction, string Type, Func<ulong, ulong, ulong, ulong> Meaning, string? ResultType = null, string? Before = null)
    {
        public string Result => ResultType ?? Type;
    }
}

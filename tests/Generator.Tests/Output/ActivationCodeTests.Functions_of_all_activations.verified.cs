            /// <summary>x, or alpha * (exp(x) - 1) where x &lt; 0; within 1.75 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Elu(Vector256<float> x, Vector256<float> alpha)
            {
                return Vector256.ConditionalSelect(
                    Vector256.LessThan(x, Vector256<float>.Zero), alpha * ExpMinus1(x), x);
            }

            /// <summary>exp(x), within 1.1 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Exp(Vector256<float> x)
            {
                Vector256<float> clamped = Vector256.Max(
                    Vector256.Min(x, Vector256.Create(89f)), Vector256.Create(-105f));
                Vector256<float> shifted = Vector256.MultiplyAddEstimate(
                    clamped, Vector256.Create(1.442695f), Vector256.Create(12582912f));
                Vector256<float> n = shifted - Vector256.Create(12582912f);
                Vector256<float> r = Vector256.MultiplyAddEstimate(
                    n,
                    Vector256.Create(-1.4286068E-06f),
                    Vector256.MultiplyAddEstimate(n, Vector256.Create(-0.69314575f), clamped));
                Vector256<float> minus1 = Vector256.MultiplyAddEstimate(
                    r * r,
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(
                            Vector256.MultiplyAddEstimate(
                                Vector256.MultiplyAddEstimate(
                                    Vector256.Create(0.0013839666f), r, Vector256.Create(0.008367262f)),
                                r,
                                Vector256.Create(0.041667733f)),
                            r,
                            Vector256.Create(0.16666538f)),
                        r,
                        Vector256.Create(0.49999997f)),
                    r);
                Vector256<int> integer = shifted.AsInt32() - Vector256.Create(1262485504);
                Vector256<int> half = integer >> 1;
                Vector256<float> scaleA = ((half + Vector256.Create(127)) << 23).AsSingle();
                Vector256<float> scaleB = ((integer - half + Vector256.Create(127)) << 23).AsSingle();
                return (minus1 + Vector256.Create(1f)) * scaleA * scaleB;
            }

            /// <summary>exp(x) - 1, within 1.75 ulp, around 0 too.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> ExpMinus1(Vector256<float> x)
            {
                Vector256<float> clamped = Vector256.Max(
                    Vector256.Min(x, Vector256.Create(89f)), Vector256.Create(-20f));
                Vector256<float> shifted = Vector256.MultiplyAddEstimate(
                    clamped, Vector256.Create(1.442695f), Vector256.Create(12582912f));
                Vector256<float> n = shifted - Vector256.Create(12582912f);
                Vector256<float> r = Vector256.MultiplyAddEstimate(
                    n,
                    Vector256.Create(-1.4286068E-06f),
                    Vector256.MultiplyAddEstimate(n, Vector256.Create(-0.69314575f), clamped));
                Vector256<float> minus1 = Vector256.MultiplyAddEstimate(
                    r * r,
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(
                            Vector256.MultiplyAddEstimate(
                                Vector256.MultiplyAddEstimate(
                                    Vector256.Create(0.0013839666f), r, Vector256.Create(0.008367262f)),
                                r,
                                Vector256.Create(0.041667733f)),
                            r,
                            Vector256.Create(0.16666538f)),
                        r,
                        Vector256.Create(0.49999997f)),
                    r);
                Vector256<int> integer = shifted.AsInt32() - Vector256.Create(1262485504);
                Vector256<int> half = integer >> 1;
                Vector256<float> scaleA = ((half + Vector256.Create(127)) << 23).AsSingle();
                Vector256<float> scaleB = ((integer - half + Vector256.Create(127)) << 23).AsSingle();
                Vector256<float> inverse = (Vector256.Create(2130706432) - scaleB.AsInt32()).AsSingle();
                return Vector256.MultiplyAddEstimate(minus1, scaleA, scaleA - inverse) * scaleB;
            }

            /// <summary>x * Phi(x), Phi the normal distribution function; within 3.5 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Gelu(Vector256<float> x)
            {
                Vector256<float> square = x * x;
                Vector256<float> near = x * Vector256.MultiplyAddEstimate(
                    x,
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(
                            Vector256.MultiplyAddEstimate(
                                Vector256.MultiplyAddEstimate(
                                    Vector256.Create(0.0001118449f), square, Vector256.Create(-0.0011900589f)),
                                square,
                                Vector256.Create(0.009975235f)),
                            square,
                            Vector256.Create(-0.06649065f)),
                        square,
                        Vector256.Create(0.3989423f)),
                    Vector256.Create(0.5f));
                Vector256<float> size = Vector256.Min(Vector256.Abs(x), Vector256.Create(15f));
                Vector256<float> head = (size.AsInt32() & Vector256.Create(-4096)).AsSingle();
                Vector256<float> high = head * head * Vector256.Create(-0.5f);
                Vector256<float> low = (size - head) * (size + head) * Vector256.Create(-0.5f);
                Vector256<float> t = (size - Vector256.Create(1f)) / (size + Vector256.Create(3f));
                Vector256<float> shifted = Vector256.MultiplyAddEstimate(
                    high + low, Vector256.Create(1.442695f), Vector256.Create(12582912f));
                Vector256<float> n = shifted - Vector256.Create(12582912f);
                Vector256<float> r = Vector256.MultiplyAddEstimate(
                    n,
                    Vector256.Create(-1.4286068E-06f),
                    Vector256.MultiplyAddEstimate(n, Vector256.Create(-0.69314575f), high) + low);
                Vector256<float> minus1 = Vector256.MultiplyAddEstimate(
                    r * r,
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(
                            Vector256.MultiplyAddEstimate(
                                Vector256.MultiplyAddEstimate(
                                    Vector256.Create(0.0013839666f), r, Vector256.Create(0.008367262f)),
                                r,
                                Vector256.Create(0.041667733f)),
                            r,
                            Vector256.Create(0.16666538f)),
                        r,
                        Vector256.Create(0.49999997f)),
                    r);
                Vector256<int> integer = shifted.AsInt32() - Vector256.Create(1262485504);
                Vector256<int> half = integer >> 1;
                Vector256<float> scaleA = ((half + Vector256.Create(127)) << 23).AsSingle();
                Vector256<float> scaleB = ((integer - half + Vector256.Create(127)) << 23).AsSingle();
                Vector256<float> series = Vector256.MultiplyAddEstimate(
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(
                            Vector256.MultiplyAddEstimate(
                                Vector256.MultiplyAddEstimate(
                                    Vector256.MultiplyAddEstimate(
                                        Vector256.MultiplyAddEstimate(
                                            Vector256.MultiplyAddEstimate(
                                                Vector256.Create(-0.013670592f), t, Vector256.Create(0.03577899f)),
                                            t,
                                            Vector256.Create(0.0040955804f)),
                                        t,
                                        Vector256.Create(-0.07651684f)),
                                    t,
                                    Vector256.Create(-0.059945785f)),
                                t,
                                Vector256.Create(0.45799917f)),
                            t,
                            Vector256.Create(-0.7072506f)),
                        t,
                        Vector256.Create(0.49685726f)),
                    t,
                    Vector256.Create(0.2615783f));
                return Vector256.ConditionalSelect(
                    Vector256.LessThan(size, Vector256.Create(0.66f)),
                    near,
                    Vector256.Max(x, Vector256<float>.Zero)
                        - (minus1 + Vector256.Create(1f)) * series * scaleA * scaleB);
            }

            /// <summary>x * (1 + tanh(u)) / 2, u = sqrt(2 / pi) * (x + 0.044715 * x^3); within 3.5 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> GeluTanh(Vector256<float> x)
            {
                Vector256<float> size = Vector256.Min(Vector256.Abs(x), Vector256.Create(12f));
                Vector256<float> head = (size.AsInt32() & Vector256.Create(-4096)).AsSingle();
                Vector256<float> square = size * size;
                Vector256<float> squareHead = (square.AsInt32() & Vector256.Create(-4096)).AsSingle();
                Vector256<float> squareRest = head * head - squareHead + (size - head) * (size + head);
                Vector256<float> slopeHead = (
                    Vector256.MultiplyAddEstimate(square, Vector256.Create(0.0713501f), Vector256.Create(1.5957031f))
                        .AsInt32() & Vector256.Create(-4096)).AsSingle();
                Vector256<float> slopeRest = Vector256.MultiplyAddEstimate(
                    squareHead, Vector256.Create(0.0713501f), Vector256.Create(1.5957031f) - slopeHead)
                    + Vector256.MultiplyAddEstimate(
                        squareRest,
                        Vector256.Create(0.0713501f),
                        Vector256.MultiplyAddEstimate(
                            square, Vector256.Create(4.7186163E-06f), Vector256.Create(6.59966E-05f)));
                Vector256<float> high = -(head * slopeHead);
                Vector256<float> low = -Vector256.MultiplyAddEstimate(size, slopeRest, (size - head) * slopeHead);
                Vector256<float> shifted = Vector256.MultiplyAddEstimate(
                    high + low, Vector256.Create(1.442695f), Vector256.Create(12582912f));
                Vector256<float> n = shifted - Vector256.Create(12582912f);
                Vector256<float> r = Vector256.MultiplyAddEstimate(
                    n,
                    Vector256.Create(-1.4286068E-06f),
                    Vector256.MultiplyAddEstimate(n, Vector256.Create(-0.69314575f), high) + low);
                Vector256<float> minus1 = Vector256.MultiplyAddEstimate(
                    r * r,
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(
                            Vector256.MultiplyAddEstimate(
                                Vector256.MultiplyAddEstimate(
                                    Vector256.Create(0.0013839666f), r, Vector256.Create(0.008367262f)),
                                r,
                                Vector256.Create(0.041667733f)),
                            r,
                            Vector256.Create(0.16666538f)),
                        r,
                        Vector256.Create(0.49999997f)),
                    r);
                Vector256<int> integer = shifted.AsInt32() - Vector256.Create(1262485504);
                Vector256<int> half = integer >> 1;
                Vector256<float> scaleA = ((half + Vector256.Create(127)) << 23).AsSingle();
                Vector256<float> scaleB = ((integer - half + Vector256.Create(127)) << 23).AsSingle();
                return Vector256.ConditionalSelect(
                    Vector256.LessThan(x, Vector256<float>.Zero),
                    (minus1 + Vector256.Create(1f)) * Vector256.Max(x, Vector256.Create(-112f)) * scaleA * scaleB,
                    x) / (Vector256.Create(1f) + (minus1 + Vector256.Create(1f)) * scaleA * scaleB);
            }

            /// <summary>min(max(x + 3, 0), 6) / 6, within 1.2 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> HardSigmoid(Vector256<float> x)
            {
                return Vector256.Min(
                    Vector256.Max(x + Vector256.Create(3f), Vector256<float>.Zero),
                    Vector256.Create(6f)) / Vector256.Create(6f);
            }

            /// <summary>x * min(max(x + 3, 0), 6) / 6, within 2 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> HardSwish(Vector256<float> x)
            {
                Vector256<float> bounded = Vector256.Max(x, Vector256.Create(-3f));
                return bounded * HardSigmoid(bounded);
            }

            /// <summary>x, or alpha * x where x &lt; 0; within 0.5 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> LeakyRelu(Vector256<float> x, Vector256<float> alpha)
            {
                return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), alpha * x, x);
            }

            /// <summary>log(x), within 1 ulp; denormal numbers included.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static float Log(float x)
            {
                bool denormal = x < 1.1754944E-38f;
                float scaled = (denormal ? x * 16777216f : x);
                int bits = global::System.BitConverter.SingleToInt32Bits(scaled) - 1060439283;
                float f = global::System.BitConverter.Int32BitsToSingle(((bits & 8388607) + 1060439283)) - 1f;
                float n = global::System.BitConverter.Int32BitsToSingle(((bits >> 23) + 1262485504))
                    - (denormal ? 12582936f : 12582912f);
                float square = f * f;
                float series = float.MultiplyAddEstimate(
                    float.MultiplyAddEstimate(
                        float.MultiplyAddEstimate(
                            float.MultiplyAddEstimate(
                                float.MultiplyAddEstimate(
                                    float.MultiplyAddEstimate(
                                        float.MultiplyAddEstimate(
                                            float.MultiplyAddEstimate(0.0674665f, f, -0.11675664f), f, 0.11888165f),
                                        f,
                                        -0.12405587f),
                                    f,
                                    0.14219552f),
                                f,
                                -0.16667996f),
                            f,
                            0.20002119f),
                        f,
                        -0.2500001f),
                    f,
                    0.33333313f);
                float result = float.MultiplyAddEstimate(
                    n,
                    0.69314575f,
                    f
                        + float.MultiplyAddEstimate(
                            n, 1.4286068E-06f, square * float.MultiplyAddEstimate(f, series, -0.5f)));
                return (
                    0f < x ? (x < float.PositiveInfinity ? result : x) : (
                        x == 0f ? float.NegativeInfinity : float.NaN));
            }

            /// <summary>max(x, 0), exactly.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Relu(Vector256<float> x)
            {
                return Vector256.Max(x, Vector256<float>.Zero);
            }

            /// <summary>min(max(x, 0), 6), exactly.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Relu6(Vector256<float> x)
            {
                return Vector256.Min(Vector256.Max(x, Vector256<float>.Zero), Vector256.Create(6f));
            }

            /// <summary>scale * x, or scale * alpha * (exp(x) - 1) where x &lt; 0; within 2 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Selu(Vector256<float> x)
            {
                return Vector256.ConditionalSelect(
                    Vector256.LessThan(x, Vector256<float>.Zero), Vector256.Create(1.7580993f) * ExpMinus1(x),
                    Vector256.Create(1.050701f) * x);
            }

            /// <summary>1 / (1 + exp(-x)), within 2.5 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Sigmoid(Vector256<float> x)
            {
                Vector256<float> e = Exp(-Vector256.Abs(x));
                return Vector256.ConditionalSelect(
                    Vector256.LessThan(x, Vector256<float>.Zero), e, Vector256.Create(1f)) / (Vector256.Create(1f) + e);
            }

            /// <summary>log(1 + exp(x)), within 3 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Softplus(Vector256<float> x)
            {
                Vector256<float> e = Exp(-Vector256.Abs(x));
                Vector256<float> t = (e + e) / (e + Vector256.Create(2f));
                Vector256<float> square = t * t;
                return Vector256.Max(x, Vector256<float>.Zero)
                    + Vector256.MultiplyAddEstimate(
                        t * square,
                        Vector256.MultiplyAddEstimate(
                            Vector256.MultiplyAddEstimate(
                                Vector256.MultiplyAddEstimate(
                                    Vector256.MultiplyAddEstimate(
                                        Vector256.Create(0.00011839035f), square, Vector256.Create(0.00041882263f)),
                                    square,
                                    Vector256.Create(0.002235564f)),
                                square,
                                Vector256.Create(0.012499671f)),
                            square,
                            Vector256.Create(0.08333334f)),
                        t);
            }

            /// <summary>x / (1 + |x|), within 1.5 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Softsign(Vector256<float> x)
            {
                Vector256<float> finite = Vector256.Max(
                    Vector256.Min(x, Vector256.Create(3.4028235E+38f)), Vector256.Create(-3.4028235E+38f));
                return finite / (Vector256.Create(1f) + Vector256.Abs(finite));
            }

            /// <summary>x / (1 + exp(-x)), within 3.5 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Swish(Vector256<float> x)
            {
                Vector256<float> exponent = Vector256.Max(-Vector256.Abs(x), Vector256.Create(-112f));
                Vector256<float> shifted = Vector256.MultiplyAddEstimate(
                    exponent, Vector256.Create(1.442695f), Vector256.Create(12582912f));
                Vector256<float> n = shifted - Vector256.Create(12582912f);
                Vector256<float> r = Vector256.MultiplyAddEstimate(
                    n,
                    Vector256.Create(-1.4286068E-06f),
                    Vector256.MultiplyAddEstimate(n, Vector256.Create(-0.69314575f), exponent));
                Vector256<float> minus1 = Vector256.MultiplyAddEstimate(
                    r * r,
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(
                            Vector256.MultiplyAddEstimate(
                                Vector256.MultiplyAddEstimate(
                                    Vector256.Create(0.0013839666f), r, Vector256.Create(0.008367262f)),
                                r,
                                Vector256.Create(0.041667733f)),
                            r,
                            Vector256.Create(0.16666538f)),
                        r,
                        Vector256.Create(0.49999997f)),
                    r);
                Vector256<int> integer = shifted.AsInt32() - Vector256.Create(1262485504);
                Vector256<int> half = integer >> 1;
                Vector256<float> scaleA = ((half + Vector256.Create(127)) << 23).AsSingle();
                Vector256<float> scaleB = ((integer - half + Vector256.Create(127)) << 23).AsSingle();
                return Vector256.ConditionalSelect(
                    Vector256.LessThan(x, Vector256<float>.Zero),
                    (minus1 + Vector256.Create(1f)) * Vector256.Max(x, Vector256.Create(-112f)) * scaleA * scaleB,
                    x) / (Vector256.Create(1f) + (minus1 + Vector256.Create(1f)) * scaleA * scaleB);
            }

            /// <summary>tanh(x), within 1.5 ulp.</summary>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            private static Vector256<float> Tanh(Vector256<float> x)
            {
                Vector256<float> square = x * x;
                Vector256<float> near = Vector256.MultiplyAddEstimate(
                    x * square,
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(
                            Vector256.MultiplyAddEstimate(
                                Vector256.MultiplyAddEstimate(
                                    Vector256.Create(-0.0056922967f), square, Vector256.Create(0.020628167f)),
                                square,
                                Vector256.Create(-0.053736515f)),
                            square,
                            Vector256.Create(0.13331406f)),
                        square,
                        Vector256.Create(-0.3333328f)),
                    x);
                Vector256<float> size = Vector256.Min(Vector256.Abs(x), Vector256.Create(10f));
                Vector256<float> far = Vector256.Create(1f)
                    - Vector256.Create(2f) / (Exp(size + size) + Vector256.Create(1f));
                return Vector256.ConditionalSelect(
                    Vector256.LessThan(size, Vector256.Create(0.625f)),
                    near,
                    Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), -far, far));
            }

"""Derives the polynomials of the functions in this folder: python3 fit.py (needs mpmath).

Each is the polynomial of its degree with the least greatest relative error of the function that it serves (Remez's
exchange), its coefficients rounded to float32 one after another, each time the rest fitted again, so that they make up
for the rounding. Printed: the coefficients, lowest first, and the error in units of 2^-24, half a unit in the last
place of 1.
"""
import mpmath as mp

mp.mp.prec = 120


def float32(x):
    """The nearest float32, as an exact number."""
    mantissa, exponent = mp.frexp(x)
    return mp.ldexp(mp.nint(mp.ldexp(mantissa, 24)), exponent - 24)


def remez(target, weight, powers, low, high):
    """Coefficients c minimising the greatest |weight(x) (sum c_k x^powers_k - target(x))| on [low, high]."""
    count = len(powers) + 1
    middle, half = (low + high) / 2, (high - low) / 2
    points = [middle - half * mp.cos(mp.pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    grid = [middle - half * mp.cos(mp.pi * i / 800) for i in range(801)]
    targets, weights = [target(x) for x in grid], [weight(x) for x in grid]
    for _ in range(12):
        rows = [[x**k for k in powers] + [(-1) ** i / weight(x)] for i, x in enumerate(points)]
        solution = mp.lu_solve(mp.matrix(rows), mp.matrix([target(x) for x in points]))
        coefficients = list(solution[: count - 1])
        errors = [w * (sum(c * x**k for c, k in zip(coefficients, powers)) - t) for x, t, w in zip(grid, targets, weights)]
        # One extremum for each run of errors of one sign; where there are more than wanted, drop small ones at the ends.
        extrema = []
        for x, error in zip(grid, errors):
            if extrema and (extrema[-1][1] > 0) == (error > 0):
                extrema[-1] = max(extrema[-1], (x, error), key=lambda e: abs(e[1]))
            else:
                extrema.append((x, error))
        while len(extrema) > count:
            extrema.pop(0 if abs(extrema[0][1]) < abs(extrema[-1][1]) else -1)
        if len(extrema) < count:
            break
        points = [x for x, _ in extrema]
    return coefficients


def rounded(order, target, weight, low, high, step):
    """The fit with its coefficients rounded in this order, each time the rest fitted again, and its error."""
    fixed = {}
    while len(fixed) < len(order):
        powers = [step * k for k in sorted(order) if k not in fixed]
        rest = remez(lambda x: target(x) - sum(c * x ** (step * k) for k, c in fixed.items()), weight, powers, low, high)
        k = order[len(fixed)]
        fixed[k] = float32(rest[powers.index(step * k)])
    grid = [low + (high - low) * i / 2000 for i in range(2001)]
    error = max(abs(weight(x) * (sum(c * x ** (step * k) for k, c in fixed.items()) - target(x))) for x in grid)
    return error, [fixed[k] for k in sorted(order)]


def fit(name, target, weight, degree, low, high, step=1):
    """Fits sum c_k x^(step k), k = 0..degree, with c_k float32, rounded upwards or downwards, whichever turns out better."""
    up = list(range(degree + 1))
    error, coefficients = min(rounded(order, target, weight, mp.mpf(low), mp.mpf(high), step) for order in (up, up[::-1]))
    print(f"{name}: error {mp.nstr(mp.ldexp(error, 24), 3)}")
    print("    " + ", ".join(f"{mp.nstr(c, 9)}f" for c in coefficients))


def split(name, value, bits):
    """A head of so many bits, and the float32 nearest to the rest."""
    mantissa, exponent = mp.frexp(value)
    head = mp.ldexp(mp.nint(mp.ldexp(mantissa, bits)), exponent - bits)
    print(f"{name}: {mp.nstr(head, 9)}f + {mp.nstr(float32(value - head), 9)}f")


def tail(a):
    """a (1 - Phi(a)) exp(a^2 / 2), which is nearly constant: it rises from 0.2 to 1 / sqrt(2 pi)."""
    return a * mp.erfc(a / mp.sqrt(2)) / 2 * mp.exp(a * a / 2)


def main():
    tiny = mp.mpf(2) ** -20

    # exp(r) - 1 = r + r^2 q(r), relative to exp(r) - 1, for |r| <= ln 2 / 2 and what rounding adds.
    fit("exp", lambda r: (mp.expm1(r) - r) / r**2, lambda r: abs(r**2 / mp.expm1(r)), 4, -0.348, 0.34801)

    # log(1 + f) = f - f^2 / 2 + f^3 p(f) for 1 + f from sqrt(1/2) to sqrt(2).
    fit("log", lambda f: (mp.log1p(f) - f + f**2 / 2) / f**3, lambda f: f**3 / mp.log1p(f), 8, mp.sqrt(0.5) - 1, mp.sqrt(2) - 1)

    # log(1 + e) = t + t^3 p(t^2), t = 2 e / (2 + e), for e in [0, 1].
    fit("log1p", lambda t: (2 * mp.atanh(t / 2) - t) / t**3, lambda t: t**3 / (2 * mp.atanh(t / 2)), 4, tiny, 2 / mp.mpf(3), 2)

    # tanh(x) = x + x^3 p(x^2) for |x| <= 0.625.
    fit("tanh", lambda x: (mp.tanh(x) - x) / x**3, lambda x: x**3 / mp.tanh(x), 4, tiny, 0.625, 2)

    # Phi(x) = 1/2 + x p(x^2), relative to Phi(-x), for |x| <= 0.66.
    fit("gelu, middle", lambda x: mp.erf(x / mp.sqrt(2)) / 2 / x, lambda x: x / (mp.erfc(x / mp.sqrt(2)) / 2), 4, tiny, 0.66, 2)

    # The tail as a polynomial in t = (a - 1) / (a + 3), a from 0.66 to 15, beyond which all is 0. Its zero lies where the
    # tail bends most, so that the rounding of t matters least there.
    def in_t(t):
        return tail((1 + 3 * t) / (1 - t))

    fit("gelu, tail", in_t, lambda t: 1 / in_t(t), 8, mp.mpf(-0.35) / 3.65, mp.mpf(14) / 18)

    # Heads short enough for an exact product with a small integer (8 bits), or with another head of 12 bits.
    split("ln 2", mp.log(2), 16)
    slope = 2 * mp.sqrt(2 / mp.pi)
    split("2 sqrt(2 / pi)", slope, 12)
    split("2 sqrt(2 / pi) 0.044715", slope * mp.mpf("0.044715"), 12)
    print(f"log2 e: {mp.nstr(float32(1 / mp.log(2)), 9)}f, sqrt(1/2): {mp.nstr(float32(mp.sqrt(0.5)), 9)}f")


main()

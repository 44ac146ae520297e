"""Draws how much longer than the machine's limit each contestant takes, by batch: one panel for each number of threads.

    python3 tests/Benchmarks/picture.py performance.csv docs/performance.svg --head 8x8x2048-1000 --layout nhwc

Takes what `-- table --output` writes; needs nothing but Python.
"""
import argparse
import csv
import math

COLOURS = {
    "fused": "#0b6e4f", "fused-off": "#7fb069", "ort": "#c1442e", "ort-nchw": "#e39774", "pytorch-pool": "#8f5ba6", "pytorch-mean": "#c9a0dc",
    "tensors": "#3a6ea5", "naive": "#8a8a8a",
}
WIDTH, HEIGHT, LEFT, TOP, GAP = 380, 300, 60, 50, 110
TICKS = [1, 2, 4, 8, 16, 32, 64]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--head", default="8x8x2048-1000")
    parser.add_argument("--layout", default="nhwc", choices=["nhwc", "nchw"])
    options = parser.parse_args()
    with open(options.source, encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file)
                if r["contestant"] in COLOURS and (r["head"], r["layout"]) == (options.head, options.layout)]
    if not rows:
        parser.error(f"{options.source} has nothing of {options.head} {options.layout}")
    with open(options.target, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(picture(rows, f"{options.head} {options.layout}")) + "\n")


def picture(rows, head):
    threads = sorted({int(r["threads"]) for r in rows})
    batches = sorted({int(r["batch"]) for r in rows})
    width, height = LEFT + len(threads) * (WIDTH + GAP), TOP + HEIGHT + 60
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
             f'<rect width="{width}" height="{height}" fill="white"/>',
             f'<text x="{LEFT}" y="22" font-size="15">{head}, float32: time over the limit of the machine, by batch</text>']
    for panel, count in enumerate(threads):
        parts += axes(panel, count, batches)
        parts += curves(panel, [r for r in rows if int(r["threads"]) == count], batches)
    return [*parts, f'<text x="{LEFT}" y="{TOP + HEIGHT + 44}">samples in a batch</text></svg>']


def y_of(value):
    return TOP + HEIGHT * (1 - math.log(min(max(value, 1), TICKS[-1])) / math.log(TICKS[-1]))


def x_of(panel, batch, batches):
    return LEFT + panel * (WIDTH + GAP) + WIDTH * (batches.index(batch) + 0.5) / len(batches)


def axes(panel, count, batches):
    left = LEFT + panel * (WIDTH + GAP)
    yield f'<text x="{left}" y="{TOP - 8}">{count} thread{"s" if count > 1 else ""}</text>'
    for tick in TICKS:
        yield (f'<line x1="{left}" x2="{left + WIDTH}" y1="{y_of(tick):.1f}" y2="{y_of(tick):.1f}" stroke="#ddd"/>'
               f'<text x="{left - 8}" y="{y_of(tick) + 4:.1f}" text-anchor="end">{tick}x</text>')
    for batch in batches:
        yield f'<text x="{x_of(panel, batch, batches):.1f}" y="{TOP + HEIGHT + 20}" text-anchor="middle">{batch}</text>'


def curves(panel, rows, batches):
    ends = []
    for name, colour in COLOURS.items():
        points = sorted((x_of(panel, int(r["batch"]), batches), y_of(float(r["to_limit"]))) for r in rows if r["contestant"] == name)
        if not points:
            continue
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="{3 if name == "fused" else 1.5}"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
        ends.append([points[-1][1], name])
    # The names stand where the curves end, each below the one before where these lie close together.
    ends.sort()
    for above, below in zip(ends, ends[1:]):
        below[0] = max(below[0], above[0] + 14)
    x = x_of(panel, batches[-1], batches) + 8
    yield from (f'<text x="{x:.1f}" y="{y + 4:.1f}" fill="{COLOURS[name]}">{name}</text>' for y, name in ends)


if __name__ == "__main__":
    main()

"""Draws how much longer than the machine's limit each contestant takes, by batch: one panel for each number of threads.

    python3 tests/Benchmarks/picture.py performance.csv docs/performance.svg

Takes what `-- table --output` writes, of one head; needs nothing but Python.
"""
import csv
import math
import sys

COLOURS = {"fused": "#0b6e4f", "ort": "#c1442e", "ort-nchw": "#e39774", "tensors": "#3a6ea5", "naive": "#8a8a8a"}
WIDTH, HEIGHT, LEFT, TOP, GAP = 380, 300, 60, 50, 70
TICKS = [1, 2, 4, 8, 16, 32, 64]


def main(source, target):
    rows = [r for r in csv.DictReader(open(source, encoding="utf-8")) if r["contestant"] in COLOURS]
    heads = sorted({(r["head"], r["layout"]) for r in rows})
    if len(heads) != 1:
        sys.exit(f"{source} has {len(heads)} heads and layouts; a picture is of one.")
    threads = sorted({int(r["threads"]) for r in rows})
    batches = sorted({int(r["batch"]) for r in rows})
    width = LEFT + len(threads) * (WIDTH + GAP) + 60
    height = TOP + HEIGHT + 60

    def y_of(value):
        return TOP + HEIGHT * (1 - math.log(max(value, 1)) / math.log(TICKS[-1]))

    def x_of(panel, batch):
        return LEFT + panel * (WIDTH + GAP) + WIDTH * (batches.index(batch) + 0.5) / len(batches)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
             f'<rect width="{width}" height="{height}" fill="white"/>',
             f'<text x="{LEFT}" y="22" font-size="15">{heads[0][0]} {heads[0][1]}, float32: time over the limit of the machine, by batch</text>']
    for panel, count in enumerate(threads):
        left = LEFT + panel * (WIDTH + GAP)
        parts.append(f'<text x="{left}" y="{TOP - 8}">{count} thread{"s" if count > 1 else ""}</text>')
        for tick in TICKS:
            parts.append(f'<line x1="{left}" x2="{left + WIDTH}" y1="{y_of(tick):.1f}" y2="{y_of(tick):.1f}" stroke="#ddd"/>'
                         f'<text x="{left - 8}" y="{y_of(tick) + 4:.1f}" text-anchor="end">{tick}x</text>')
        for batch in batches:
            parts.append(f'<text x="{x_of(panel, batch):.1f}" y="{TOP + HEIGHT + 20}" text-anchor="middle">{batch}</text>')
        names = [n for n in COLOURS if any(r["contestant"] == n and int(r["threads"]) == count for r in rows)]
        ends = []
        for name in names:
            points = [(x_of(panel, int(r["batch"])), y_of(float(r["to_limit"])))
                      for r in rows if r["contestant"] == name and int(r["threads"]) == count]
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[name]}" stroke-width="{3 if name == "fused" else 1.5}"/>')
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{COLOURS[name]}"/>' for x, y in points]
            ends.append([points[-1][1], name])
        ends.sort()
        for i in range(1, len(ends)):
            ends[i][0] = max(ends[i][0], ends[i - 1][0] + 14)
        x = x_of(panel, batches[-1]) + 8
        parts += [f'<text x="{x:.1f}" y="{y + 4:.1f}" fill="{COLOURS[name]}">{name}</text>' for y, name in ends]
    parts.append(f'<text x="{LEFT}" y="{TOP + HEIGHT + 44}">samples in a batch</text></svg>')
    with open(target, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(parts) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

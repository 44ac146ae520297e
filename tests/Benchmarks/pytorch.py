#!/usr/bin/env python3
"""Times the heads of the table in PyTorch, and prints the table's columns as comma-separated values.

    apt-get install python3-torch libopenblas0-pthread     # or pip install torch
    python3 tests/Benchmarks/pytorch.py --heads 8x8x2048-1000 --batches 1,8,32 --threads 1,2 > pytorch.csv

pytorch-pool is AdaptiveAvgPool2d, with channels-last maps in PyTorch's own channels_last format; pytorch-mean is x.mean over the
positions. Both then have Linear layers with relu, the last one with softmax. Weights and maps are random, of the same shapes as
the table's. The times include Python's calls, a few microseconds an operator, as they do for who serves a model from Python. Run it
on the machine that the table ran on, while nothing else does: it cannot take turns with the table's contestants.
"""

import argparse
import itertools
import math
import os
import statistics
import subprocess
import sys
import time

HEADS = ["8x8x2048-1000", "8x8x2048-2", "8x8x2048-256-128-5", "7x7x512-1000", "7x7x2048-1000", "7x7x256-2", "4x4x8-10", "784-10"]
COLUMNS = "head,layout,maps,batch,threads,contestant,median_us,low_us,high_us,rounds,calls,allocated_bytes,to_fused,limit_us,to_limit,others"

# As in Table/Runner.cs: what runs before the clock starts, and what a round takes at least, by whether there are several threads.
WARM_SECONDS = {False: 5e-3, True: 30e-3}
ROUND_SECONDS = {False: 1e-3, True: 5e-3}
MOST_ROUNDS = 151


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--heads", default=",".join(HEADS))
    parser.add_argument("--layouts", default="nhwc,nchw")
    parser.add_argument("--batches", default="1,4,8,32,128,512")
    parser.add_argument("--threads", default=f"1,{os.cpu_count()}")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        measure_all(options)
        return

    # OpenMP and OpenBLAS read how many threads they have when they are loaded: a process for each number. OpenMP's threads must not
    # spin or be bound, or OpenBLAS's have no processor: a product on two of two then took as long as on one, or longer.
    print(COLUMNS, flush=True)
    for threads in options.threads.split(","):
        counts = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], threads)
        environment = {**os.environ, **counts, "OMP_WAIT_POLICY": "passive"}
        command = [sys.executable, *sys.argv, "--threads", threads, "--worker"]
        subprocess.run(command, env=environment, check=True)


def measure_all(options):
    import torch

    threads = int(options.threads)
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    seconds = 0.5 if options.quick else 1.5
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} thread(s)", file=sys.stderr)
    with torch.inference_mode():
        for head, layout in itertools.product(options.heads.split(","), options.layouts.split(",")):
            for batch in map(int, options.batches.split(",")):
                for name, run in contestants(torch, head, layout, batch):
                    times, calls = measure(run, threads > 1, seconds)
                    low, median, high = (1e6 * quartile for quartile in quartiles(times))
                    print(f"{head},{layout},Random,{batch},{threads},{name},{median:.3f},{low:.3f},{high:.3f},{len(times)},{calls},,,,,", flush=True)


def contestants(torch, head, layout, batch):
    """The ways to compute a head, by their names; none for a vector in a second layout."""
    shape, *widths = head.split("-")
    *positions, channels = map(int, shape.split("x"))
    widths = [channels, *map(int, widths)]
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    dense = torch.nn.Sequential(*layers[:-1], torch.nn.Softmax(dim=1)).eval()
    if not positions:
        x = torch.rand(batch, channels)
        if layout == "nhwc":
            yield "pytorch", lambda: dense(x)
        return

    pool = torch.nn.AdaptiveAvgPool2d(1)
    if layout == "nhwc":
        x = torch.rand(batch, *positions, channels)
        view = x.permute(0, 3, 1, 2)
        yield "pytorch-pool", lambda: dense(pool(view).flatten(1))
        yield "pytorch-mean", lambda: dense(x.mean((1, 2)))
    else:
        x = torch.rand(batch, channels, *positions)
        yield "pytorch-pool", lambda: dense(pool(x).flatten(1))
        yield "pytorch-mean", lambda: dense(x.mean((2, 3)))


def measure(run, parallel, seconds):
    """The times of a call, in seconds, and the calls of a round."""
    fastest = min(timed(run, 1) for _ in range(3))
    end = time.perf_counter() + WARM_SECONDS[parallel]
    while time.perf_counter() < end:
        fastest = min(fastest, timed(run, 1))

    calls = math.ceil(ROUND_SECONDS[parallel] / fastest)
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 3 or (len(times) < MOST_ROUNDS and time.perf_counter() < end):
        times.append(timed(run, calls) / calls)
    return times, calls


def timed(run, calls):
    start = time.perf_counter()
    for _ in range(calls):
        run()
    return time.perf_counter() - start


def quartiles(times):
    ordered = sorted(times)
    return ordered[len(ordered) // 4], statistics.median(ordered), ordered[len(ordered) * 3 // 4]


if __name__ == "__main__":
    main()

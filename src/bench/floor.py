"""
The floor: what a GPU needs for a Flamingo's arithmetic and memory traffic alone, from its measured ceilings.

    python3 floor.py --config config.json[,config.json] [--frames 8,30] [--batch 1,8,16] [--eager FILE | --tokens N]

Prints a line of JSON with the ceilings, then one for each config, batch and number of frames: FLOPs and bytes of
vision, resampler and decode, both of the whole batch and for each clip, and the milliseconds that the slower of the two
takes at the ceiling. Bytes count every weight once a pass, inputs and outputs of a part, and the keys and values that a
token attends to; what lies between two layers is taken to stay on the chip. Weights that fit the GPU's cache, as the
default model's do, may be read faster than that. Decoding ends when every clip of a batch has ended: `--eager` names
a file with what eager.py printed of the same clips, among other lines, which tells after how many tokens that is;
decoding.maxTokens without it.
`--gigabytes-per-second` and `--teraflops` take the place of measuring.
"""

import argparse
import json
import statistics
from pathlib import Path

BYTES = 2  # half precision
COPY_BYTES = 2 << 30
MATRIX = 8192
RUNS = 20


def milliseconds(run):
    """Median and least of some runs, by events on the device."""
    import torch

    times = []
    for i in range(RUNS + 3):
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start.record()
        run()
        end.record()
        torch.cuda.synchronize()
        times.append(start.elapsed_time(end))
    return statistics.median(times[3:]), min(times[3:])


def ceilings():
    """Bytes read and written a second by a large copy, and operations a second of a large matrix product."""
    import torch

    if not torch.cuda.is_available():
        raise SystemExit("no CUDA device: give --gigabytes-per-second and --teraflops instead")
    source = torch.empty(COPY_BYTES, dtype=torch.uint8, device="cuda").random_()
    target = torch.empty_like(source)
    copy, best_copy = milliseconds(lambda: target.copy_(source))
    del source, target
    a, b = (torch.randn(MATRIX, MATRIX, dtype=torch.float16, device="cuda") for _ in range(2))
    product, best_product = milliseconds(lambda: torch.mm(a, b))
    return {
        "device": torch.cuda.get_device_name(),
        "engine": f"torch {torch.__version__}",
        "copy_gigabytes_per_second": 2e-6 * COPY_BYTES / copy,
        "best_copy_gigabytes_per_second": 2e-6 * COPY_BYTES / best_copy,
        "matrix_teraflops": 2e-9 * MATRIX**3 / product,
        "best_matrix_teraflops": 2e-9 * MATRIX**3 / best_product,
    }


def layer(inside, outside):
    """Elements of a matrix; a row through it is two operations for each."""
    return inside * outside


def stem(config):
    """Weights, operations of a frame, cells and width of the convolutions before a vision transformer."""
    weights, flops, side, inside = 0, 0, config["inputSize"], 3
    if config["kind"] == "clip":
        width, patch = config["width"], config["patchSize"]
        cells = (side // patch) ** 2
        weights = 3 * patch * patch * width
        return weights, 2 * weights * cells, cells + 1, width
    for outside, stride in zip(config["stemChannels"], config["stemStrides"]):
        side = (side - 1) // stride + 1
        weights += 9 * inside * outside
        flops += 2 * 9 * inside * outside * side * side
        inside = outside
    return weights, flops, side * side, inside


def vision(config, frames):
    """Operations and bytes of that many frames, and of one its tokens and their width."""
    weights, flops, tokens, width = stem(config)
    inner = config["feedForward"] if config["kind"] == "clip" else 4 * width
    block = 4 * layer(width, width) + 2 * layer(width, inner)
    weights += config["layers"] * block
    flops += config["layers"] * (2 * block * tokens + 4 * tokens * tokens * width)
    given = tokens - (1 if config["kind"] == "clip" and not config["classToken"] else 0)
    pixels = 3 * config["inputSize"] ** 2
    return frames * flops, BYTES * (weights + frames * (pixels + given * width)), given, width


def resampler(config, width, media, batch):
    """Operations and bytes for clips of that many tokens of media."""
    latents, inner = config["latents"], config["heads"] * config["headWidth"]
    feed_forward = 2 * layer(width, config["feedForward"])
    key_value = 2 * layer(width, inner)
    per_clip = (
        2 * latents * (2 * layer(width, inner) + feed_forward)
        + 2 * (media + latents) * key_value
        + 4 * latents * (media + latents) * inner
    )
    weights = config["layers"] * (2 * layer(width, inner) + key_value + feed_forward)
    traffic = weights + batch * (media + 2 * latents) * width
    return batch * config["layers"] * per_clip, BYTES * traffic


def decode(config, batch, tokens):
    """Operations and bytes of each pass through the language model: the prompt, then a token at a time."""
    language, cross, latents = config["language"], config["crossAttention"], config["resampler"]["latents"]
    width, inner = language["width"], cross["heads"] * cross["headWidth"]
    media_width = stem(config["vision"])[3]
    crossings = len(range(cross["first"], language["layers"], cross["every"]))
    block = 4 * layer(width, width) + 2 * layer(width, language["feedForward"])
    crossing = 2 * layer(width, inner) + 2 * layer(width, cross["feedForward"])
    body = language["layers"] * block + crossings * crossing
    head = layer(width, language["vocabulary"])
    media_key_value = crossings * 2 * layer(media_width, inner)
    prompt = 1 if config["tokens"]["begin"] < 0 else 2
    passes = []
    for step in range(tokens):
        rows, before = (prompt, 0) if step == 0 else (1, prompt + step - 1)
        seen = 2 * language["layers"] * width * (before + rows) + 2 * crossings * inner * latents
        flops = batch * (2 * rows * body + 2 * head + 2 * rows * seen)
        elements = body + head + batch * seen
        if step == 0:
            flops += batch * 2 * latents * media_key_value
            elements += media_key_value + batch * latents * media_width
        passes.append((flops, BYTES * elements))
    return passes


def part(passes, batch, rates):
    """Passes wait for each other, so that each has a floor of its own."""
    bytes_per_second, flops_per_second = rates
    flops, moved = (sum(each[i] for each in passes) for i in range(2))
    floor = sum(max(f / flops_per_second, b / bytes_per_second) for f, b in passes)
    return {
        "flops": flops,
        "bytes": moved,
        "flops_per_clip": flops / batch,
        "bytes_per_clip": moved / batch,
        "flops_ms": 1e3 * flops / flops_per_second,
        "bytes_ms": 1e3 * moved / bytes_per_second,
        "floor_ms": 1e3 * floor,
    }


def floor(config, frames, batch, tokens, rates):
    flops, moved, cells, width = vision(config["vision"], frames * batch)
    parts = {
        "vision": part([(flops, moved)], batch, rates),
        "resampler": part([resampler(config["resampler"], width, frames * cells, batch)], batch, rates),
        "decode": part(decode(config, batch, tokens), batch, rates),
    }
    whole = sum(each["floor_ms"] for each in parts.values())
    return {"model": config["id"], "frames": frames, "batch": batch, "tokens": tokens} | parts | {"floor_ms": whole}


def longest(path):
    """Tokens of the longest text of a batch, by model, frames and batch, of those lines that eager.py has printed."""
    lines = (json.loads(line) for line in path.read_text().splitlines()) if path else ()
    return {(line["model"], line["frames"], line["batch"]): line["longest"] for line in lines if "longest" in line}


def rounded(value):
    """Floats to six digits, at any depth."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return float(f"{value:.6g}") if isinstance(value, float) else value


def arguments():
    numbers = lambda text: [int(part) for part in text.split(",")]  # noqa: E731
    parser = argparse.ArgumentParser(description="Computes the floor of a Flamingo's time on a GPU.")
    parser.add_argument("--config", type=lambda text: [Path(part) for part in text.split(",")], default=[])
    parser.add_argument("--frames", type=numbers, default=[8], help="of a clip, such as 8 or 8,30")
    parser.add_argument("--batch", type=numbers, default=[1], help="clips at once, such as 1 or 1,8,16")
    written = parser.add_mutually_exclusive_group()
    written.add_argument("--eager", type=Path, metavar="FILE", help="lines of eager.py: how much is written for each batch")
    written.add_argument("--tokens", type=int, help="written for each clip, instead of decoding.maxTokens")
    parser.add_argument("--gigabytes-per-second", type=float, help="instead of measuring")
    parser.add_argument("--teraflops", type=float, help="instead of measuring")
    options = parser.parse_args()
    if (options.gigabytes_per_second is None) != (options.teraflops is None):
        parser.error("--gigabytes-per-second and --teraflops go together")
    return options


def main():
    options = arguments()
    bandwidth, rate = options.gigabytes_per_second, options.teraflops
    if bandwidth is None:
        measured = ceilings()
        bandwidth, rate = measured["copy_gigabytes_per_second"], measured["matrix_teraflops"]
        print(json.dumps(rounded(measured)), flush=True)
    rates = (1e9 * bandwidth, 1e12 * rate)
    written = longest(options.eager)
    for path in options.config:
        config = json.loads(path.read_text())
        most = options.tokens or config["decoding"]["maxTokens"]
        for frames in options.frames:
            for batch in options.batch:
                tokens = written.get((config["id"], frames, batch), most)
                print(json.dumps(rounded(floor(config, frames, batch, tokens, rates))), flush=True)


if __name__ == "__main__":
    main()

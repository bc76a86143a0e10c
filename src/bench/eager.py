"""
A Flamingo in eager PyTorch: weights, inputs and computation of `flamingo model bench`, written as one writes PyTorch.

    python3 eager.py --model DIR [--frames 8,30] [--batch 1,8,16] [--dtype float16] [--device cuda] [--rounds 30]

Prints one line of JSON for each batch and number of frames. Vision is convolutional or CLIP, the language model MPT.
`--random-like config.json` draws the weights that `flamingo model random` writes, on the device and without a file.
`--clips DIR` has what `flamingo model bench-engine --save-clips DIR` wrote: clips-BATCH-FRAMES.bin of little-endian
floats [batch, frames, 3, H, W], normalised, and the capture times in the .json beside it; without, pixels are drawn,
which decode to other texts than scenes do. `--expect DIR` has features.bin, latents.bin, logits.bin (those of the first
token) and tokens.json (one flat list, padded) to compare with, any of them; `--dump DIR` writes them.
"""

import argparse
import json
import math
import struct
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import (
    conv2d, embedding, gelu, group_norm, layer_norm, linear, relu, scaled_dot_product_attention, silu,
)

MICROS = 1_000_000
SEED = 20260102
WARM_UP = 3
FEWEST_ROUNDS = 5
STORED = {"F16": np.float16, "F32": np.float32}
ACTIVATIONS = {
    "gelu": gelu,
    "quickGelu": lambda x: x * torch.sigmoid(1.702 * x),
    "relu": relu,
    "squaredRelu": lambda x: relu(x).square(),
    "silu": silu,
}


class Stored:
    """The weights of a safetensors file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            self.header = json.loads(file.read(length))
        self.data = np.memmap(path, np.uint8, "r", offset=8 + length)

    def get(self, name, shape):
        entry = self.header[name]
        if entry["shape"] != list(shape):
            raise SystemExit(f"{name} has shape {entry['shape']}, the config asks for {list(shape)}")
        if entry["dtype"] not in STORED:
            raise SystemExit(f"{name} is {entry['dtype']}, must be one of {', '.join(STORED)}")
        start, end = entry["data_offsets"]
        return torch.from_numpy(self.data[start:end].view(STORED[entry["dtype"]]).reshape(shape).copy())


class Drawn:
    """The weights that `flamingo model random` writes: SplitMix64, seeded by the hash of the name."""

    def __init__(self, device):
        self.device = device

    def get(self, name, shape):
        size = math.prod(shape)
        middle = 1 if name.endswith(("norm.weight", "gate")) else 0
        spread = self.spread(name, shape) * math.sqrt(3)
        drawn = [self.draw(java_hash(name), start, min(size, start + (1 << 24))) for start in range(0, size, 1 << 24)]
        return torch.cat([(middle + spread * (2 * x - 1)).float() for x in drawn]).reshape(shape)

    @staticmethod
    def spread(name, shape):
        if name.endswith("embeddings"):
            return 0.03
        if len(shape) == 1:
            return 0.1
        return 1 / math.sqrt(shape[0]) if len(shape) == 2 else math.sqrt(shape[0] / math.prod(shape))

    def draw(self, seed, start, end):
        """Doubles from 0 to 1; integers wrap around as Java's do."""
        z = torch.arange(start + 1, end + 1, device=self.device) * signed(0x9E3779B97F4A7C15) + seed
        z = (z ^ shifted(z, 30)) * signed(0xBF58476D1CE4E5B9)
        z = (z ^ shifted(z, 27)) * signed(0x94D049BB133111EB)
        return shifted(z ^ shifted(z, 31), 11).double() * 2.0**-53


def java_hash(text):
    value = 0
    for character in text:
        value = (31 * value + ord(character)) & 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


def signed(value):
    return value - (1 << 64) if value >> 63 else value


def shifted(x, bits):
    """To the right, zeros coming in."""
    return (x >> bits) & ((1 << (64 - bits)) - 1)


class Weights:
    """Weights below some name, on the device and of the type to compute with."""

    def __init__(self, source, device, dtype, prefix=""):
        self.source, self.device, self.dtype, self.prefix = source, device, dtype, prefix

    def at(self, name):
        return Weights(self.source, self.device, self.dtype, f"{self.prefix}{name}.")

    def get(self, name, *shape):
        return self.source.get(self.prefix + name, shape).to(self.device, self.dtype)

    def projection(self, names, inside, outside, biased=False):
        """Several linear layers of one input as one: weights [sum of out, in] and biases, or None."""
        weight = torch.cat([self.get(f"{name}.weight", inside, outside) for name in names], 1).t().contiguous()
        return weight, torch.cat([self.get(f"{name}.bias", outside) for name in names]) if biased else None

    def norm(self, name, width, biased=True):
        return (width,), self.get(f"{name}.weight", width), self.get(f"{name}.bias", width) if biased else None


class FeedForward:
    """A layer norm, up to an inner width, an activation, and back."""

    def __init__(self, weights, width, inner, activation, biased=False, norm_biased=True):
        self.norm = weights.norm("norm", width, norm_biased)
        self.up = weights.projection(["up"], width, inner, biased)
        self.down = weights.projection(["down"], inner, width, biased)
        self.activation = ACTIVATIONS[activation]

    def __call__(self, x):
        return linear(self.activation(linear(layer_norm(x, *self.norm), *self.up)), *self.down)


def split(x, parts, heads):
    """[B, L, parts * D] -> [parts, B, H, L, d]."""
    return x.unflatten(-1, (parts, heads, -1)).permute(2, 0, 3, 1, 4)


def attend(queries, keys, values, bias=None):
    """[B, H, L, d] each -> [B, L, D]."""
    return scaled_dot_product_attention(queries, keys, values, attn_mask=bias).transpose(1, 2).flatten(2)


class VisionBlock:
    def __init__(self, weights, width, heads, inner, activation, biased):
        self.heads = heads
        self.norm = weights.norm("norm", width)
        self.projection = weights.at("attention").projection(["query", "key", "value"], width, width, biased)
        self.out = weights.at("attention").projection(["out"], width, width, biased)
        self.feed_forward = FeedForward(weights.at("feed_forward"), width, inner, activation, biased)

    def __call__(self, x):
        x = x + linear(attend(*split(linear(layer_norm(x, *self.norm), *self.projection), 3, self.heads)), *self.out)
        return x + self.feed_forward(x)


class ConvolutionalVision:
    """Strided convolutions, then a transformer over their cells."""

    def __init__(self, config, weights):
        channels, strides = config["stemChannels"], config["stemStrides"]
        self.groups = config["stemGroups"]
        self.stem, inside, side = [], 3, config["inputSize"]
        for i, (outside, stride) in enumerate(zip(channels, strides)):
            at = weights.at(f"stem.{i}.conv")
            self.stem.append((at.get("weight", outside, inside, 3, 3), at.get("bias", outside), stride))
            inside, side = outside, (side - 1) // stride + 1
        self.width, self.tokens = inside, side * side
        self.positions = weights.get("positions", self.tokens, self.width)
        self.blocks = [
            VisionBlock(weights.at(f"blocks.{i}"), self.width, config["heads"], 4 * self.width, "gelu", False)
            for i in range(config["layers"])
        ]
        self.norm = weights.norm("norm", self.width)

    def __call__(self, x):
        for weight, bias, stride in self.stem:
            x = gelu(group_norm(conv2d(x, weight, bias, stride=stride, padding=1), self.groups))
        x = x.flatten(2).transpose(1, 2) + self.positions
        for block in self.blocks:
            x = block(x)
        return layer_norm(x, *self.norm)


class ClipVision:
    def __init__(self, config, weights):
        self.width, self.patch = config["width"], config["patchSize"]
        self.patches = weights.get("patch.weight", self.width, 3, self.patch, self.patch)
        self.first = weights.get("class_embedding", self.width)
        cells = (config["inputSize"] // self.patch) ** 2
        self.positions = weights.get("positions", 1 + cells, self.width)
        self.pre_norm = weights.norm("pre_norm", self.width)
        self.blocks = [
            VisionBlock(at, self.width, config["heads"], config["feedForward"], config["activation"], True)
            for at in (weights.at(f"blocks.{i}") for i in range(config["layers"]))
        ]
        self.norm = weights.norm("norm", self.width) if config["finalNorm"] else None
        self.skipped = 0 if config["classToken"] else 1
        self.tokens = 1 + cells - self.skipped

    def __call__(self, x):
        x = conv2d(x, self.patches, stride=self.patch).flatten(2).transpose(1, 2)
        x = torch.cat([self.first.expand(x.shape[0], 1, -1), x], 1) + self.positions
        x = layer_norm(x, *self.pre_norm)
        for block in self.blocks:
            x = block(x)
        x = x[:, self.skipped :]
        return layer_norm(x, *self.norm) if self.norm else x


class Resampler:
    """No frame is padding, so that nothing need be hidden."""

    def __init__(self, config, width, weights):
        if config["mediaEmbeddings"]:
            raise SystemExit("resampler.mediaEmbeddings is not 0: not written here")
        self.latents = weights.get("latents", config["latents"], width)
        self.embeddings = config["timeEmbeddings"]
        self.times = weights.get("time_embeddings", self.embeddings, width) if self.embeddings else None
        self.layers = [ResamplerLayer(config, width, weights.at(f"layers.{i}")) for i in range(config["layers"])]
        self.norm = weights.norm("norm", width)

    def __call__(self, features, time_weights):
        """[B, T, S, D] and [T, E] -> [B, R, D]."""
        if self.embeddings:
            features = features + (time_weights @ self.times)[:, None]
        media = features.flatten(1, 2)
        x = self.latents.expand(media.shape[0], -1, -1)
        for layer in self.layers:
            x = layer(x, media)
        return layer_norm(x, *self.norm)


class ResamplerLayer:
    def __init__(self, config, width, weights):
        self.heads, inner = config["heads"], config["heads"] * config["headWidth"]
        self.media_norm, self.latent_norm = weights.norm("media_norm", width), weights.norm("latent_norm", width)
        attention = weights.at("attention")
        self.query = attention.projection(["query"], width, inner)
        self.key_value = attention.projection(["key", "value"], width, inner)
        self.out = attention.projection(["out"], inner, width)
        self.feed_forward = FeedForward(weights.at("feed_forward"), width, config["feedForward"], config["activation"])

    def __call__(self, x, media):
        latents = layer_norm(x, *self.latent_norm)
        (queries,) = split(linear(latents, *self.query), 1, self.heads)
        attended = torch.cat([layer_norm(media, *self.media_norm), latents], 1)
        keys, values = split(linear(attended, *self.key_value), 2, self.heads)
        x = x + linear(attend(queries, keys, values), *self.out)
        return x + self.feed_forward(x)


class CrossAttention:
    """Text looks at the latents of its one clip: none is hidden from a token that sees media at all."""

    def __init__(self, config, width, media_width, weights):
        self.heads, inner = config["heads"], config["heads"] * config["headWidth"]
        self.norm = weights.norm("norm", width)
        attention = weights.at("attention")
        self.query = attention.projection(["query"], width, inner)
        self.key_value = attention.projection(["key", "value"], media_width, inner)
        self.out = attention.projection(["out"], inner, width)
        self.attention_gate = torch.tanh(weights.get("attention_gate", 1))
        self.feed_forward = FeedForward(weights.at("feed_forward"), width, config["feedForward"], config["activation"])
        self.feed_forward_gate = torch.tanh(weights.get("feed_forward_gate", 1))

    def media(self, latents):
        return split(linear(latents, *self.key_value), 2, self.heads)

    def __call__(self, x, media, sees_media):
        (queries,) = split(linear(layer_norm(x, *self.norm), *self.query), 1, self.heads)
        seen = linear(attend(queries, *media), *self.out) * self.attention_gate
        x = x + (seen if sees_media is None else seen * sees_media)
        return x + self.feed_forward(x) * self.feed_forward_gate


class MptBlock:
    def __init__(self, config, weights):
        width, biased, norm_biased = config["width"], config["biases"], config["normBiases"]
        self.heads, self.most = config["heads"], config["clip"]
        self.norm = weights.norm("norm", width, norm_biased)
        attention = weights.at("attention")
        self.projection = attention.projection(["query", "key", "value"], width, width, biased)
        names = ["query_norm", "key_norm"] if config["queryKeyNorm"] else []
        self.query_key_norms = [attention.norm(name, width, norm_biased) for name in names]
        self.out = attention.projection(["out"], width, width, biased)
        self.feed_forward = FeedForward(
            weights.at("feed_forward"), width, config["feedForward"], "gelu", biased, norm_biased
        )

    def __call__(self, x, cache, start, bias):
        """The cache of keys and values, [2, B, H, K, d], is written from there on."""
        projected = linear(layer_norm(x, *self.norm), *self.projection)
        if self.most:
            projected = projected.clamp(-self.most, self.most)
        if self.query_key_norms:
            queries, keys, values = projected.chunk(3, -1)
            query_norm, key_norm = self.query_key_norms
            projected = torch.cat([layer_norm(queries, *query_norm), layer_norm(keys, *key_norm), values], -1)
        new = split(projected, 3, self.heads)
        end = start + x.shape[1]
        cache[:, :, :, start:end] = new[1:]
        x = x + linear(attend(new[0], cache[0, :, :, :end], cache[1, :, :, :end], bias), *self.out)
        return x + self.feed_forward(x)


def alibi_slopes(heads, most):
    """Powers of 2; where the heads are none, every second slope of the next power comes first."""
    power = 1 << (heads - 1).bit_length()
    all_slopes = [2 ** (-most * (i + 1) / power) for i in range(power)]
    return all_slopes if power == heads else (all_slopes[1::2] + all_slopes[::2])[:heads]


class LanguageModel:
    def __init__(self, config, cross, media_width, weights):
        if config["kind"] != "mpt":
            raise SystemExit(f"language.kind is {config['kind']}, must be mpt")
        self.config, self.device, self.dtype = config, weights.device, weights.dtype
        width, vocabulary = config["width"], config["vocabulary"]
        self.embeddings = weights.get("embeddings", vocabulary, width)
        self.head = self.embeddings if config["tiedHead"] else weights.get("head", vocabulary, width)
        self.blocks = [MptBlock(config, weights.at(f"blocks.{i}")) for i in range(config["layers"])]
        self.cross = [
            CrossAttention(cross, width, media_width, weights.at(f"blocks.{i}.cross_attention"))
            if i >= cross["first"] and (i - cross["first"]) % cross["every"] == 0
            else None
            for i in range(config["layers"])
        ]
        self.norm = weights.norm("norm", width, config["normBiases"])
        self.slopes = torch.tensor(alibi_slopes(config["heads"], config["alibiBiasMax"]), device=self.device)

    def media(self, latents):
        return [cross.media(latents) if cross else None for cross in self.cross]

    def cache(self, batch, length):
        heads, width = self.config["heads"], self.config["width"]
        shape = (self.config["layers"], 2, batch, heads, length, width // heads)
        return torch.empty(shape, device=self.device, dtype=self.dtype)

    def bias(self, start, length):
        """ALiBi, and what hides later text, for tokens from there on: [1, H, L, K], or None where it is zero."""
        keys = start + length
        if keys == 1:
            return None
        at = torch.arange(keys, device=self.device)
        distance = (at[None, :] - at[start:, None]).float()
        biases = (self.slopes[:, None, None] * distance).masked_fill(distance > 0, -math.inf)
        # Rows that begin at multiples of 8 elements spare the attention a copy of its own.
        rows = torch.zeros(1, len(self.slopes), length, -(-keys // 8) * 8, device=self.device, dtype=self.dtype)
        rows[..., :keys] = biases
        return rows[..., :keys]

    def __call__(self, tokens, media, sees_media, cache, start, bias):
        """Logits of the token after the last one, [B, V]."""
        x = embedding(tokens, self.embeddings)
        for block, cross, seen, layer in zip(self.blocks, self.cross, media, cache):
            if cross:
                x = cross(x, seen, sees_media)
            x = block(x, layer, start, bias)
        return linear(layer_norm(x[:, -1], *self.norm), self.head)


class Flamingo:
    def __init__(self, config, source, device, dtype, max_tokens=None):
        weights = Weights(source, device, dtype)
        self.device, self.dtype, self.special = device, dtype, config["tokens"]
        kinds = {"convolutional": ConvolutionalVision, "clip": ClipVision}
        kind = config["vision"]["kind"]
        if kind not in kinds:
            raise SystemExit(f"vision.kind is {kind}, must be one of {', '.join(kinds)}")
        self.encoder = kinds[kind](config["vision"], weights.at("vision"))
        width = self.encoder.width
        self.resampler = Resampler(config["resampler"], width, weights.at("resampler"))
        self.language = LanguageModel(config["language"], config["crossAttention"], width, weights.at("language"))
        decoding = config["decoding"]
        for key, plain in (("beams", 1), ("minTokens", 0), ("noRepeatNgram", 0)):
            if decoding[key] != plain:
                raise SystemExit(f"decoding.{key} is {decoding[key]}, must be {plain}: only greedy search is here")
        self.max_tokens = max_tokens or decoding["maxTokens"]
        begin, image = self.special["begin"], self.special["image"]
        self.prompt = torch.tensor([image] if begin < 0 else [begin, image], device=device)
        self.sees_media = None if begin < 0 else (self.prompt == image).to(dtype)[:, None]
        length = len(self.prompt)
        self.prompt_bias = self.language.bias(0, length)
        self.step_biases = [self.language.bias(length + step, 1) for step in range(self.max_tokens - 1)]

    def vision(self, pixels):
        """[B, T, 3, H, W] -> [B, T, S, D]."""
        return self.encoder(pixels.flatten(0, 1)).unflatten(0, pixels.shape[:2])

    def resample(self, features, micros):
        """Features [B, T, S, D] of frames captured then -> latents [B, R, D]."""
        times = None
        if self.resampler.embeddings:
            times = torch.from_numpy(time_weights(micros, self.resampler.embeddings)).to(self.device, self.dtype)
        return self.resampler(features, times)

    def describe(self, latents, first=None):
        """Greedily written tokens [B, N], end token included; the logits of the first go to that list."""
        batch, length = latents.shape[0], len(self.prompt)
        media = self.language.media(latents)
        cache = self.language.cache(batch, length + self.max_tokens)
        logits = self.language(self.prompt.expand(batch, -1), media, self.sees_media, cache, 0, self.prompt_bias)
        if first is not None:
            first.append(logits)
        written, ended = [], None
        while True:
            token = logits.argmax(-1)
            if ended is not None:
                token = torch.where(ended, self.special["pad"], token)
            written.append(token)
            ends = token == self.special["end"]
            ended = ends if ended is None else ended | ends
            if len(written) == self.max_tokens or bool(ended.all()):
                return torch.stack(written, 1)
            step = len(written) - 1
            logits = self.language(token[:, None], media, None, cache, length + step, self.step_biases[step])

    def upload(self, pixels):
        return pixels.to(self.device, non_blocking=True).to(self.dtype)

    def whole(self, pixels, micros):
        """Pixels on the host to tokens on the host."""
        return self.describe(self.resample(self.vision(self.upload(pixels)), micros)).cpu()


def time_weights(micros, embeddings):
    """Linear interpolation between the learnt embeddings, true to the capture times: [T, E]."""
    frames = len(micros)
    weights = np.zeros((frames, embeddings), np.float32)
    span = 1 if frames == 1 else micros[-1] - micros[0]
    for i, at in enumerate(micros):
        position = (embeddings - 1) * ((at - micros[0]) / span)
        left = min(int(position), max(embeddings - 2, 0))
        weights[i, left] = 1 - (position - left)
        if position > left:
            weights[i, left + 1] = position - left
    return weights


def clips(options, batch, frames, side):
    """Pixels [B, T, 3, H, W] and the capture times of a clip's frames."""
    micros = [i * MICROS // max(1, frames - 1) for i in range(frames)]
    shape = (batch, frames, 3, side, side)
    if options.clips is None:
        pixels = np.random.default_rng(SEED).standard_normal(shape, np.float32)
        return pixels, micros
    path = options.clips / f"clips-{batch}-{frames}.bin"
    pixels = np.fromfile(path, "<f4")
    if pixels.size != math.prod(shape):
        raise SystemExit(f"{path} has {pixels.size} floats, {list(shape)} asks for {math.prod(shape)}")
    return pixels.reshape(shape), json.loads(path.with_suffix(".json").read_text())["captureMicros"]


def measured(run, device, rounds, seconds):
    """Milliseconds of each round, nothing else under way: the device is waited for before and after."""
    def wait():
        if device.type == "cuda":
            torch.cuda.synchronize()

    times, end = [], math.inf
    for i in range(WARM_UP + rounds):
        if i == WARM_UP:
            end = time.perf_counter() + seconds
        wait()
        start = time.perf_counter()
        run()
        wait()
        times.append(1e3 * (time.perf_counter() - start))
        if i + 1 >= WARM_UP + FEWEST_ROUNDS and time.perf_counter() > end:
            break
    counted = times[WARM_UP:]
    median = float(np.median(counted))
    return {"median_ms": round(median, 4), "min_ms": round(min(counted), 4), "rounds": len(counted)}


def errors(values, directory):
    """The largest difference from what was expected, relative to the largest value expected."""
    found = {}
    for name, value in values.items():
        path = directory / f"{name}.bin"
        if path.exists():
            expected = torch.from_numpy(np.fromfile(path, "<f4"))
            difference = (value.float().cpu().flatten() - expected).abs().max()
            found[name] = float(f"{float(difference / expected.abs().max()):.3e}")
    return found


def equal_clips(rows, directory):
    """How many clips have the tokens that were expected, or None where that is not known."""
    path = directory / "tokens.json"
    if not path.exists():
        return None
    expected = np.reshape(json.loads(path.read_text()), (len(rows), -1)).tolist()
    return sum(row == other for row, other in zip(rows, expected))


def dump(values, rows, directory):
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "tokens.json").write_text(json.dumps([token for row in rows for token in row]))
    for name, value in values.items():
        value.float().cpu().numpy().astype("<f4").tofile(directory / f"{name}.bin")


def lengths(rows, end):
    """Tokens of each clip, end token included."""
    return [row.index(end) + 1 if end in row else len(row) for row in rows]


def report(model, options, batch, frames, side):
    array, micros = clips(options, batch, frames, side)
    host = torch.from_numpy(array)
    pixels = host.pin_memory() if model.device.type == "cuda" else host
    uploaded = model.upload(pixels)
    features = model.vision(uploaded)
    latents, logits = model.resample(features, micros), []
    tokens = model.describe(latents, logits)
    values = {"features": features, "latents": latents, "logits": logits[0]}
    rows = [row + [model.special["pad"]] * (model.max_tokens - len(row)) for row in tokens.tolist()]
    written = lengths(rows, model.special["end"])
    line = {"frames": frames, "batch": batch, "tokens_per_clip": sum(written) / batch, "longest": max(written)}
    stages = {
        "upload": lambda: model.upload(pixels),
        "vision": lambda: model.vision(uploaded),
        "resampler": lambda: model.resample(features, micros),
        "describe": lambda: model.describe(latents),
        "whole": lambda: model.whole(pixels, micros),
    }
    for name, run in stages.items():
        line[name] = measured(run, model.device, options.rounds, options.seconds)
    line["clips_per_second"] = round(1e3 * batch / line["whole"]["median_ms"], 2)
    if options.expect:
        line["max_relative_error"] = errors(values, options.expect)
        line["equal_clips"] = equal_clips(rows, options.expect)
    if options.dump:
        dump(values, rows, options.dump)
    return line | {"tokens": rows}


def arguments():
    numbers = lambda text: [int(part) for part in text.split(",")]  # noqa: E731
    parser = argparse.ArgumentParser(description="Measures a Flamingo in eager PyTorch.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--model", type=Path, help="model directory: config.json and weights.safetensors")
    source.add_argument("--random-like", type=Path, metavar="CONFIG", help="config.json of a model to draw weights for")
    parser.add_argument("--clips", type=Path, metavar="DIR", help="what bench-engine --save-clips wrote; drawn without")
    parser.add_argument("--frames", type=numbers, default=[8], help="of a clip, such as 8 or 8,30")
    parser.add_argument("--batch", type=numbers, default=[1], help="clips at once, such as 1 or 1,8,16")
    parser.add_argument("--dtype", choices=["float16", "float32"], default="float16")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--rounds", type=int, default=30, help="that count, of each stage")
    parser.add_argument("--seconds", type=float, default=10, help="after which a stage has rounds enough")
    parser.add_argument("--max-tokens", type=int, help="instead of decoding.maxTokens")
    parser.add_argument("--random", action="store_true", help="draw the weights for the config of --model")
    parser.add_argument("--expect", type=Path, help="directory to compare with")
    parser.add_argument("--dump", type=Path, help="directory to write features, latents and first logits to")
    return parser.parse_args()


@torch.inference_mode()
def main():
    options = arguments()
    if (options.expect or options.dump) and len(options.frames) * len(options.batch) > 1:
        raise SystemExit("--expect and --dump go with one --frames and one --batch")
    device = torch.device(options.device)
    torch.backends.cudnn.benchmark = True
    torch.backends.cudnn.allow_tf32 = False  # float32 is to be that, to compare with
    config_path = options.random_like or options.model / "config.json"
    config = json.loads(config_path.read_text())
    drawn = options.random_like is not None or options.random
    source = Drawn(device) if drawn else Stored(options.model / "weights.safetensors")
    model = Flamingo(config, source, device, getattr(torch, options.dtype), options.max_tokens)
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else device.type
    about = {"model": config["id"], "engine": f"torch {torch.__version__}", "device": name, "dtype": options.dtype}
    for frames in options.frames:
        for batch in options.batch:
            line = report(model, options, batch, frames, config["vision"]["inputSize"])
            print(json.dumps(about | line), flush=True)


if __name__ == "__main__":
    main()

"""Writes models in the layouts that their projects publish, and goldens as golden.safetensors and golden.json."""

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file

from tokens import dump

HERE = Path(__file__).parent


def fresh(name):
    directory = HERE / name
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    return directory


def contiguous(state):
    return {name: tensor.detach().clone().contiguous() for name, tensor in state.items()}


def save_weights(state, directory, form):
    """form: safetensors or bin, with -sharded for two shards and their index."""
    state = contiguous(state)
    if not form.endswith("-sharded"):
        save_shard(state, directory / ("model.safetensors" if form == "safetensors" else "pytorch_model.bin"))
        return
    stem, suffix = ("model", "safetensors") if form.startswith("safetensors") else ("pytorch_model", "bin")
    names = list(state)
    halves = names[: len(names) // 2], names[len(names) // 2 :]
    index = {}
    for number, half in enumerate(halves, 1):
        file = f"{stem}-{number:05d}-of-00002.{suffix}"
        save_shard({name: state[name] for name in half}, directory / file)
        index.update({name: file for name in half})
    size = sum(tensor.nbytes for tensor in state.values())
    dump({"metadata": {"total_size": size}, "weight_map": index}, directory / f"{stem}.{suffix}.index.json")


def save_shard(state, path):
    if path.suffix == ".safetensors":
        save_file(state, path, metadata={"format": "pt"})
    else:
        torch.save(state, path)
    path.chmod(0o644)


class Golden:
    """Collects tensors, each with a sentence that says what it is, and settings."""

    def __init__(self, **facts):
        self.facts = facts
        self.tensors = {}
        self.about = {}
        self.runs = {}
        self.checks = {}

    def put(self, name, tensor, about):
        assert name not in self.tensors, name
        self.tensors[name] = tensor.detach().clone().contiguous()
        self.about[name] = about

    def save(self, directory):
        save_shard(self.tensors, directory / "golden.safetensors")
        shapes = {
            name: {"dtype": str(t.dtype).removeprefix("torch."), "shape": list(t.shape), "about": self.about[name]}
            for name, t in self.tensors.items()
        }
        dump({**self.facts, "runs": self.runs, "checks": self.checks, "tensors": shapes}, directory / "golden.json")
        size = sum(f.stat().st_size for f in directory.rglob("*") if f.is_file())
        print(f"{directory.name}: {size // 1024} KB, {self.checks}")

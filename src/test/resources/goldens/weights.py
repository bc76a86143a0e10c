"""Random weights that make a tiny model lively: no norm is the identity, no bias or gate is zero."""

import torch
from torch import nn

GATES = ("attn_gate", "ff_gate", "alpha_attn", "alpha_ffw")


def enliven(module, seed, gain=1.4):
    """Sets every parameter, in order; matrices keep the variance of what they multiply, times gain squared."""
    generator = torch.Generator().manual_seed(seed)
    norms = {id(p) for m in module.modules() if "Norm" in type(m).__name__ for p in m.parameters(recurse=False)}
    embeddings = {id(m.weight) for m in module.modules() if isinstance(m, nn.Embedding)}
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            parameter.copy_(lively(name, noise, gain, id(parameter) in norms, id(parameter) in embeddings))


def lively(name, noise, gain, norm, embedding):
    leaf = name.rpartition(".")[2]
    if leaf in GATES:
        return torch.sign(noise) * (0.5 + 0.25 * noise.abs().clamp(max=2))
    if leaf == "gain":  # of a weight-standardised convolution
        return 1 + 0.2 * noise
    if leaf == "skipinit_gain":
        return 0.5 + 0.2 * noise
    if norm and leaf == "weight":
        return 1 + 0.3 * noise
    if leaf == "bias" or leaf.endswith("bias"):
        return 0.2 * noise
    if embedding:
        return 0.3 * noise
    if leaf in ("latents", "class_embedding", "positional_embedding", "proj"):
        return 0.5 * noise
    if noise.ndim < 2 or "time" in leaf or "embs" in leaf:
        return 0.5 * noise
    fan_in = noise[0].numel()
    return gain * noise / fan_in**0.5


def favour(weight, end, rare):
    """Makes the end token easy to reach and the tokens that nobody should say hard to reach."""
    with torch.no_grad():
        weight[end] *= 2.0
        for token in rare:
            weight[token] *= 0.2


def round_to(state, dtype):
    """The state in another type; what was one tensor under two names stays one."""
    rounded = {}
    for tensor in state.values():
        if id_of(tensor) not in rounded:
            rounded[id_of(tensor)] = tensor.detach().to(dtype, copy=True) if tensor.is_floating_point() else tensor
    return {name: rounded[id_of(tensor)] for name, tensor in state.items()}


def id_of(tensor):
    return tensor.data_ptr(), tensor.shape

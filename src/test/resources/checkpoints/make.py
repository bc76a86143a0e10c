"""Makes the files beside it: what torch.save and tokenizers write, and what is to be read from it.

Run in this directory. Needs torch, safetensors, tokenizers and transformers; VERSIONS notes those
that the files were made with.
"""

import collections
import json
import sys

import safetensors
import tokenizers
import torch
import transformers
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

torch.manual_seed(1)


def save(name, checkpoint, tensors, **options):
    """The checkpoint as NAME.pt, the tensors to be found in it as NAME.safetensors."""
    torch.save(checkpoint, name + ".pt", **options)
    save_file({key: value.detach().clone().contiguous() for key, value in tensors.items()}, name + ".safetensors")


def types():
    real = torch.randn(2, 3) * 3
    tensors = {str(t)[6:]: real.to(t) for t in (torch.float64, torch.float32, torch.float16, torch.bfloat16)}
    whole = torch.tensor([-3, 0, 1, 100])
    tensors |= {str(t)[6:]: whole.to(t) for t in (torch.int64, torch.int32, torch.int16, torch.int8)}
    tensors["uint8"] = torch.tensor([0, 7, 255], dtype=torch.uint8)
    tensors["bool"] = torch.tensor([True, False])
    tensors["scalar"] = torch.tensor(2.5)
    tensors["none"] = torch.zeros(0, 4)
    save("types", tensors, tensors)
    for protocol in (3, 4, 5):
        torch.save(tensors, f"types-protocol-{protocol}.pt", pickle_protocol=protocol)


def views():
    base = torch.arange(120, dtype=torch.float32).reshape(4, 5, 6)
    tensors = {
        "base": base,
        "transposed": base.transpose(0, 2),
        "permuted": base.permute(1, 2, 0),
        "sliced": base[1:3, ::2, 1:6:2],
        "column": base[:, 3, 2],
        "element": base[2, 2, 2],
        "expanded": base[0, 0, :1].expand(3, 2, 4),
        "expanded_rows": base[0, :, 1].unsqueeze(1).expand(5, 3),
        "expanded_outside": base[1, 2].expand(2, 6),
        "channels_last": torch.randn(2, 3, 4, 5).to(memory_format=torch.channels_last),
    }
    save("views", tensors, tensors)


def training():
    """As open_flamingo's trainer saves a DistributedDataParallel model, and more beside it."""
    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    optimizer = torch.optim.AdamW(model.parameters())
    model(torch.randn(4, 3)).sum().backward()
    optimizer.step()
    state = model.state_dict()
    wrapped = collections.OrderedDict(("module." + key, value) for key, value in state.items())
    wrapped._metadata = state._metadata
    checkpoint = {
        "epoch": 3,
        "model_state_dict": wrapped,
        "optimizer_state_dict": optimizer.state_dict(),
        "lr_scheduler_state_dict": {"base_lrs": [1e-4], "_step_count": 2**40, "seed": -(2**90), "last": None},
        "rng": b"\x00\xff",
        "dtype": torch.bfloat16,
        "device": torch.device("cpu"),
        "size": torch.Size([2, 3]),
        "tuple": (1, -2, 300, 70000, True, "\u00e9"),
    }
    save("training", checkpoint, state)


def tied():
    shared = torch.nn.Parameter(torch.randn(4, 3))
    tensors = {"embeddings.weight": shared, "head.weight": shared, "row": shared.detach()[1]}
    save("tied", {"state_dict": tensors, "hyper_parameters": {"width": 3}}, tensors)


def legacy():
    torch.save({"a": torch.zeros(2)}, "legacy.pt", _use_new_zipfile_serialization=False)


CORPUS = ["An image of two cats.", "Output: a caf\u00e9 at night<br>", "the the The THE cat\n\tsits, 12345 times!"] * 3
TEXTS = [
    "<image>An image of two cats.<|endofchunk|><image>Output:",
    " <image> the caf\u00e9 \u732b <|endofchunk|>\n\n",
    "Question: what?<image><image> Answer: 42<PAD><PAD>",
]


def plain_bytes(trained):
    """The byte tokens <0x..> belong to the vocabulary alone; the trainer adds them as special tokens."""
    data = json.loads(trained.to_str())
    data["added_tokens"] = [token for token in data["added_tokens"] if not token["content"].startswith("<0x")]
    return Tokenizer.from_str(json.dumps(data))


def tokenizer(name, tokenizer, trainer, existing, pad):
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer = plain_bytes(tokenizer)
    tokenizer.add_special_tokens(existing)
    tokenizer.add_tokens(["        "])
    tokenizer.save(name + ".json")
    fast = PreTrainedTokenizerFast(tokenizer_file=name + ".json")
    fast.add_special_tokens({"additional_special_tokens": ["<|endofchunk|>", "<image>"]})
    fast.add_special_tokens({"pad_token": pad})
    ids = [fast.encode(text, add_special_tokens=False) for text in TEXTS]
    decoded = [fast.decode(i, skip_special_tokens=True, clean_up_tokenization_spaces=False) for i in ids]
    expected = {
        "size": len(fast),
        "added": {token: fast.convert_tokens_to_ids(token) for token in ("<|endofchunk|>", "<image>", pad)},
        "texts": [{"text": t, "ids": i, "decoded": d} for t, i, d in zip(TEXTS, ids, decoded)],
    }
    with open(name + "-expected.json", "w") as file:
        json.dump(expected, file, indent=1)


def tokenizers_files():
    neox = Tokenizer(models.BPE())
    neox.normalizer = normalizers.NFC()
    neox.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    neox.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=["<|endoftext|>", "<|padding|>"], initial_alphabet=alphabet, show_progress=False
    )
    tokenizer("gpt-neox", neox, trainer, ["<|endoftext|>"], "<PAD>")

    opt = Tokenizer(models.BPE(unk_token="</s>"))
    opt.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    opt.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=["<s>", "<pad>", "</s>", "<unk>"], initial_alphabet=alphabet, show_progress=False
    )
    tokenizer("opt", opt, trainer, ["</s>"], "<pad>")

    llama = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    llama.normalizer = normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")])
    llama.decoder = decoders.Sequence(
        [decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    special = ["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=330, special_tokens=special, show_progress=False)
    tokenizer("llama", llama, trainer, ["<s>", "</s>"], "<PAD>")


if __name__ == "__main__":
    types()
    views()
    training()
    tied()
    legacy()
    tokenizers_files()
    with open("VERSIONS", "w") as file:
        print("python", sys.version.split()[0], file=file)
        for module in (torch, safetensors, tokenizers, transformers):
            print(module.__name__, module.__version__, file=file)

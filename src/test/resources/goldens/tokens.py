"""Tiny tokenizers in the files that Hugging Face writes: byte-level BPE, 256 bytes and some merges."""

import json

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

VOCABULARY = 288

SENTENCES = [
    "a dog runs on the grass. a red cat sits on the mat.",
    "Output: a person walks past the gate. Question: what is the man doing? Short answer: the dog",
    "look at <image> the cat <image> and the <image>.",
    "the car stops near the door. the person at the door has a red bag.",
]

GPT_NEOX = {"specials": ["<|endoftext|>", "<|padding|>"], "bos": "<|endoftext|>", "eos": "<|endoftext|>"}
OPT = {"specials": ["<s>", "<pad>", "</s>", "<unk>"], "bos": "</s>", "eos": "</s>", "pad": "<pad>", "begin": "</s>"}
LLAMA = {"specials": ["<unk>", "<s>", "</s>"], "bos": "<s>", "eos": "</s>", "pad": "<unk>", "begin": "<s>"}


def train(kind):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    specials = [AddedToken(text, special=True, normalized=False) for text in kind["specials"]]
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=specials, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(SENTENCES, trainer)
    tokenizer.post_processor = post_processor(tokenizer, kind)
    return tokenizer


def post_processor(tokenizer, kind):
    begin = kind.get("begin")
    if begin is None:
        return processors.ByteLevel(trim_offsets=False)
    ids = [(begin, tokenizer.token_to_id(begin))]
    return processors.TemplateProcessing(single=f"{begin} $A", pair=f"{begin} $A {begin} $B", special_tokens=ids)


def write(kind, directory):
    """tokenizer.json, tokenizer_config.json and special_tokens_map.json, without the tokens that Flamingo adds."""
    train(kind).save(str(directory / "tokenizer.json"), pretty=False)
    names = {f"{key}_token": kind[key] for key in ("bos", "eos", "pad") if key in kind}
    if "<unk>" in kind["specials"]:
        names["unk_token"] = "<unk>"
    config = {
        "clean_up_tokenization_spaces": False,
        "model_max_length": 2048,
        "tokenizer_class": "PreTrainedTokenizerFast",
        **names,
    }
    dump(config, directory / "tokenizer_config.json")
    dump(names, directory / "special_tokens_map.json")


def dump(value, path):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")

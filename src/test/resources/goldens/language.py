"""Language models: builds the tiny ones, and makes the goldens of a language model alone."""

import copy
import functools
import json

import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    GPTNeoXConfig,
    LlamaConfig,
    MptConfig,
    OPTConfig,
)

import tokens
from decoding import BRIEF_RUNS, Uncertain, check_lively, options, record_runs, require_close, require_varied
from reference import MOSAIC_GPT, MosaicGpt
from store import Golden, fresh, save_weights
from tokens import dump
from weights import enliven, favour, round_to


def mpt(vocabulary=tokens.VOCABULARY, width=32, heads=4, layers=2, **attention):
    return MptConfig(
        vocab_size=vocabulary,
        d_model=width,
        n_heads=heads,
        n_layers=layers,
        max_seq_len=64,
        no_bias=True,
        attn_config={"alibi": True, "alibi_bias_max": 8, "attn_impl": "torch", **attention},
        bos_token_id=0,
        eos_token_id=0,
        tie_word_embeddings=True,
    )


def gpt_neox(vocabulary=tokens.VOCABULARY, width=32, heads=2, layers=2, rotary=1.0, parallel=False):
    return GPTNeoXConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_attention_heads=heads,
        num_hidden_layers=layers,
        intermediate_size=4 * width,
        max_position_embeddings=64,
        rotary_pct=rotary,
        rotary_emb_base=10000,
        use_parallel_residual=parallel,
        hidden_act="gelu",
        tie_word_embeddings=False,
        bos_token_id=0,
        eos_token_id=0,
    )


def opt(vocabulary=tokens.VOCABULARY, width=32, heads=4, layers=2, norm_first=True, embedding=None):
    return OPTConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_attention_heads=heads,
        num_hidden_layers=layers,
        ffn_dim=4 * width,
        max_position_embeddings=64,
        do_layer_norm_before=norm_first,
        word_embed_proj_dim=embedding or width,
        activation_function="relu",
        dropout=0.0,
        bos_token_id=2,
        eos_token_id=2,
        pad_token_id=1,
        tie_word_embeddings=True,
    )


def llama(vocabulary=tokens.VOCABULARY, width=32, heads=4, key_value_heads=2, layers=2, tied=False):
    return LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_attention_heads=heads,
        num_key_value_heads=key_value_heads,
        num_hidden_layers=layers,
        intermediate_size=88,
        max_position_embeddings=64,
        rms_norm_eps=1e-6,
        rope_theta=10000.0,
        tie_word_embeddings=tied,
        bos_token_id=1,
        eos_token_id=2,
    )


def mosaic_gpt(vocabulary=tokens.VOCABULARY, width=32, heads=4, layers=2, biases=False, norms=True, clip=None):
    return MOSAIC_GPT.MosaicGPTConfig(
        vocab_size=vocabulary,
        d_model=width,
        n_heads=heads,
        n_layers=layers,
        mlp_ratio=4,
        max_seq_len=64,
        attn_impl="torch",
        attn_qk_ln=norms,
        attn_clip_qkv=clip,
        alibi=True,
        alibi_bias_max=8,
        no_bias=not biases,
        low_precision_layernorm=True,
        use_cache=False,
    )


def create(config):
    if config.model_type == "mosaic_gpt":
        return MosaicGpt(config).eval()
    return AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()


def head(model):
    """The matrix whose rows are scored against the last hidden state."""
    output = model.get_output_embeddings()
    return (model.get_input_embeddings() if output is None else output).weight


def write(model, directory, form, dtype):
    """The directory of a language model as it is published; the model itself is rounded to dtype."""
    state = round_to(published(model), dtype)
    model.load_state_dict(model.state_dict() | {k: v.float() for k, v in state.items()}, strict=False)
    save_weights(state, directory, form)
    config = model.config.to_dict()
    config["architectures"] = [type(model).__name__]
    config.pop("_name_or_path", None)
    config.pop("dtype", None)
    config["torch_dtype"] = str(dtype).removeprefix("torch.")
    dump(as_published(config), directory / "config.json")


def published(model):
    """A head that is tied to the embeddings is not among the published tensors."""
    state = model.state_dict()
    tied = getattr(model.config, "tie_word_embeddings", True)
    return {k: v for k, v in state.items() if not (tied and k == "lm_head.weight")} | old_buffers(model.config)


def old_buffers(config):
    """Constants that older versions of transformers stored with the weights, and that released files still hold."""
    if config.model_type not in ("gpt_neox", "llama"):
        return {}
    width = config.hidden_size // config.num_attention_heads
    rotated = int(width * config.rope_parameters.get("partial_rotary_factor", 1.0))
    frequencies = 1.0 / 10000.0 ** (torch.arange(0, rotated, 2).float() / rotated)
    if config.model_type == "llama":
        return {f"model.layers.{n}.self_attn.rotary_emb.inv_freq": frequencies for n in range(config.num_hidden_layers)}
    causal = torch.ones(1, 1, config.max_position_embeddings, config.max_position_embeddings).tril().bool()
    buffers = {"bias": causal, "masked_bias": torch.tensor(-1e9), "rotary_emb.inv_freq": frequencies}
    layers = range(config.num_hidden_layers)
    return {f"gpt_neox.layers.{n}.attention.{name}": value for n in layers for name, value in buffers.items()}


def as_published(config):
    """Rotary settings under the names that the configs of released models have."""
    rope = config.pop("rope_parameters", None)
    if rope and config["model_type"] == "gpt_neox":
        config["rotary_pct"] = rope["partial_rotary_factor"]
        config["rotary_emb_base"] = rope["rope_theta"]
    elif rope:
        config["rope_theta"] = rope["rope_theta"]
    return without_noise(config)


def without_noise(config):
    """Keys that every config class writes and that say nothing about a language model."""
    noise = (
        "_name_or_path", "chunk_size_feed_forward", "id2label", "is_encoder_decoder", "label2id",
        "layer_types", "output_attentions", "output_hidden_states", "problem_type", "return_dict",
    )
    nested = {k: without_noise(v) for k, v in config.items() if isinstance(v, dict) and k not in noise}
    return {k: v for k, v in (config | nested).items() if k not in noise}


def load(directory):
    """The model in a directory, in float32, by the reference's own loader."""
    config = json.loads((directory / "config.json").read_text())
    if config["model_type"] == "mosaic_gpt":
        return load_mosaic_gpt(config, directory)
    return AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager").eval()


def load_mosaic_gpt(config, directory):
    model = MosaicGpt(MOSAIC_GPT.MosaicGPTConfig(**config))
    state = {}
    for shard in sorted(directory.glob("pytorch_model*.bin")):
        state.update(torch.load(shard))
    model.load_state_dict({k: v.float() for k, v in state.items()})
    return model.eval()


def stepwise(model, ids, first=None):
    """Logits of ids [1,L] with the key-value cache: the first tokens at once, then one at a time."""
    first = first or ids.shape[1] // 2
    model.keep_cache = True
    past, logits = None, []
    for start, end in [(0, first)] + [(i, i + 1) for i in range(first, ids.shape[1])]:
        mask = torch.ones(1, end, dtype=torch.long)
        output = model(input_ids=ids[:, start:end], attention_mask=mask, past_key_values=past, use_cache=True)
        past = output.past_key_values
        logits.append(output.logits)
    model.keep_cache = False
    return torch.cat(logits, dim=1)


TEXTS = ["a dog runs on the", "the red cat"]


def golden(name, config, kind, dtype=torch.float32, form="safetensors", rename=None, note="", first_seed=1):
    """Makes a golden of a language model alone, with the first seed whose sequences are certain and lively."""
    for seed in range(first_seed, first_seed + 400):
        try:
            return attempt(name, config, kind, dtype, form, rename, note, seed)
        except Uncertain as reason:
            last = reason
    raise SystemExit(f"{name}: no seed works, last: {last}")


def attempt(name, config, kind, dtype, form, rename, note, seed):
    model = create(config)
    enliven(model, seed, gain=2.5)
    end = tokens.train(kind).token_to_id(kind["eos"])
    favour(head(model), end, [])
    require_lively(model, kind, end)
    directory = fresh(name)
    write(model, directory, form, dtype)
    tokens.write(kind, directory)
    record = measure(load(directory), kind, end, note)
    if rename:
        rename(directory)
    record.facts["seed"] = seed
    record.save(directory)


def require_lively(model, kind, end):
    """A first look that spares the rest for most seeds."""
    tokenizer = tokens.train(kind)
    for text in TEXTS:
        ids = torch.tensor([tokenizer.encode(text).ids])
        chosen = options("greedy", end, end)
        require_varied(generate(model, ids, **chosen).sequences[0, ids.shape[1] :].tolist())


def measure(model, kind, end, note):
    tokenizer = tokens.train(kind)
    record = Golden(kind="language model", note=note, texts=TEXTS, end=end, pad=end)
    exact = copy.deepcopy(model).double()
    prompts = []
    for row, text in enumerate(TEXTS):
        ids = torch.tensor([tokenizer.encode(text).ids])
        prompts.append(ids)
        mask = torch.ones_like(ids)
        logits = model(input_ids=ids, attention_mask=mask).logits
        record.put(f"{row}.ids", ids, f"tokens of texts[{row}]")
        record.put(f"{row}.logits", logits, "logits of the next token at each position [1,L,V]")
        record.checks[f"{row} cache against none"] = require_close("cache", stepwise(model, ids), logits)
        record.checks[f"{row} float64"] = require_close("float64", logits, exact(input_ids=ids, attention_mask=mask).logits)
        record_runs(
            record, f"{row}.", ids,
            functools.partial(generate, model), functools.partial(generate, exact), end, end, BRIEF_RUNS,
        )
    check_lively(record, ["0.", "1."], prompts, end)
    return record


def generate(model, ids, **options):
    return model.generate(input_ids=ids, attention_mask=torch.ones_like(ids), **options)


def rename_to_mpt(directory):
    """Stores a MosaicGPT under the names that llm-foundry gave the same model as MPT; the numbers stay."""
    new_names = {".ln_1.": ".norm_1.", ".ln_2.": ".norm_2.", ".ln_f.": ".norm_f.", ".mlp.mlp_": ".ffn."}
    state = torch.load(directory / "pytorch_model.bin")
    for old, new in new_names.items():
        state = {k.replace(old, new): v for k, v in state.items()}
    state = {k.replace(".ffn.up.", ".ffn.up_proj.").replace(".ffn.down.", ".ffn.down_proj."): v for k, v in state.items()}
    (directory / "pytorch_model.bin").unlink()
    save_weights(state, directory, "safetensors")
    config = json.loads((directory / "config.json").read_text())
    attention = {
        "alibi": True, "alibi_bias_max": 8, "attn_impl": "torch", "attn_type": "multihead_attention",
        "clip_qkv": config.pop("attn_clip_qkv"), "qk_ln": config.pop("attn_qk_ln"), "prefix_lm": False,
        "softmax_scale": config.pop("softmax_scale"), "attn_uses_sequence_id": False, "attn_pdrop": 0.0,
    }
    for key in ("alibi", "alibi_bias_max", "attn_impl", "attn_pdrop", "prefix_lm", "attn_uses_sequence_id",
                "low_precision_layernorm", "mlp_ratio"):
        config.pop(key, None)
    dump(config | {
        "model_type": "mpt", "architectures": ["MPTForCausalLM"], "attn_config": attention,
        "expansion_ratio": 4, "norm_type": "low_precision_layernorm", "learned_pos_emb": True,
    }, directory / "config.json")


GOLDENS = {
    "lm-mpt-6-heads": lambda n: golden(n, mpt(width=48, heads=6), tokens.GPT_NEOX,
        note="ALiBi slopes of a number of heads that is no power of two"),
    "lm-mpt-biases": lambda n: golden(n, mosaic_gpt(biases=True, norms=False, clip=1.5), tokens.GPT_NEOX,
        form="bin", rename=rename_to_mpt, note="biases everywhere, queries, keys and values clipped to 1.5"),
    "lm-mosaic-gpt": lambda n: golden(n, mosaic_gpt(), tokens.GPT_NEOX, torch.bfloat16, "bin",
        note="as mpt-1b-redpajama-200b: ALiBi, norms of queries and keys over the whole width, no biases at all"),
    "lm-mosaic-gpt-biases": lambda n: golden(n, mosaic_gpt(biases=True), tokens.GPT_NEOX, torch.float16, "bin",
        note="the same with biases, of the norms of queries and keys too"),
    "lm-gpt-neox-serial": lambda n: golden(n, gpt_neox(), tokens.GPT_NEOX,
        note="as RedPajama-INCITE-3B: all of a head rotated, serial residual, head of its own"),
    "lm-gpt-neox-parallel": lambda n: golden(n, gpt_neox(rotary=0.25, parallel=True), tokens.GPT_NEOX, torch.float16,
        note="as GPT-NeoX and Pythia: a quarter of a head rotated, parallel residual"),
    "lm-opt-norm-last": lambda n: golden(n, opt(norm_first=False, embedding=16), tokens.OPT, torch.float16, "bin",
        note="as opt-350m: norms after, projections around narrow embeddings, no final norm"),
    "lm-opt-norm-first": lambda n: golden(n, opt(), tokens.OPT, note="as opt-125m"),
    "lm-llama-grouped": lambda n: golden(n, llama(), tokens.LLAMA, torch.bfloat16,
        note="two key-value heads for four heads, head of its own"),
}

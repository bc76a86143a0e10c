"""Vision encoders: builds the tiny ones and writes them as their projects publish them."""

import tempfile
from pathlib import Path

import open_clip
import torch
from timm.models.nfnet import NfCfg, NormFreeNet
from transformers import CLIPVisionConfig, CLIPVisionModel

from store import save_shard, save_weights
from tokens import dump
from weights import enliven, round_to

WIDTH, HEADS, LAYERS, PATCH, IMAGE = 32, 2, 2, 8, 32
MEAN, STD = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]


def open_clip_config(quick):
    """A config without final_ln_after_pool, as those of the models that OpenFlamingo used."""
    config = {
        "embed_dim": 16,
        "vision_cfg": {
            "image_size": IMAGE, "layers": LAYERS, "width": WIDTH, "head_width": WIDTH // HEADS, "patch_size": PATCH,
        },
        "text_cfg": {"context_length": 8, "vocab_size": 32, "width": 16, "heads": 2, "layers": 1},
    }
    return config | ({"quick_gelu": True} if quick else {})


def register(config, name, norm_tokens=False):
    """
    Makes the config known to open_clip. OpenFlamingo pins 2.16, where ln_post is applied to the pooled class token
    alone; since 3.0 that is what final_ln_after_pool asks for, and without it the tokens pass ln_post as well.
    """
    vision = config["vision_cfg"] | {"final_ln_after_pool": not norm_tokens}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.json"
        dump(config | {"vision_cfg": vision}, path)
        open_clip.add_model_config(path)


def write_open_clip(directory, config, seed, dtype, file):
    """The hub layout of open_clip: the whole model, text tower included, beside open_clip_config.json."""
    directory.mkdir()
    register(config, "golden")
    model = open_clip.create_model("golden")
    enliven(model, seed)
    save_shard(round_to(contiguous(model.state_dict()), dtype), directory / file)
    preprocess = {"mean": MEAN, "std": STD, "interpolation": "bicubic", "resize_mode": "shortest", "size": [IMAGE, IMAGE]}
    dump({"model_cfg": config, "preprocess_cfg": preprocess}, directory / "open_clip_config.json")
    return directory / file


def contiguous(state):
    return {k: v.detach().clone().contiguous() for k, v in state.items()}


def clip_config(hidden_act):
    return CLIPVisionConfig(
        hidden_size=WIDTH, intermediate_size=4 * WIDTH, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
        image_size=IMAGE, patch_size=PATCH, hidden_act=hidden_act, projection_dim=16,
    )


def write_clip(directory, model, dtype, form):
    """
    The layout of openai/clip-vit-*: a whole CLIPModel, of which the text tower is left out here but for one tensor, with
    the constants that older versions of transformers stored.
    """
    directory.mkdir()
    state = round_to({clip_name(k): v for k, v in model.state_dict().items()}, dtype)
    model.load_state_dict({k.removeprefix("vision_model."): v.float() for k, v in state.items()})
    state["vision_model.embeddings.position_ids"] = torch.arange((IMAGE // PATCH) ** 2 + 1)[None]
    state["visual_projection.weight"] = torch.zeros(16, WIDTH, dtype=dtype)
    state["text_model.final_layer_norm.bias"] = torch.zeros(16, dtype=dtype)
    state["logit_scale"] = torch.tensor(4.6052)
    save_weights(state, directory, form)
    vision = {
        key: getattr(model.config, key)
        for key in ("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "image_size",
                    "patch_size", "hidden_act", "layer_norm_eps", "projection_dim", "num_channels", "model_type")
    }
    dump({"architectures": ["CLIPModel"], "model_type": "clip", "projection_dim": 16, "vision_config": vision},
         directory / "config.json")
    dump({
        "crop_size": IMAGE, "do_center_crop": True, "do_normalize": True, "do_resize": True,
        "feature_extractor_type": "CLIPFeatureExtractor", "image_mean": MEAN, "image_std": STD, "resample": 3, "size": IMAGE,
    }, directory / "preprocessor_config.json")


def clip_name(name):
    return name if name.startswith("vision_model.") else f"vision_model.{name}"


def clip_from_open_clip(visual, hidden_act):
    """The same encoder as Hugging Face's CLIPVisionModel."""
    model = CLIPVisionModel(clip_config(hidden_act)).eval()
    source, state = visual.state_dict(), {}
    state["embeddings.class_embedding"] = source["class_embedding"]
    state["embeddings.patch_embedding.weight"] = source["conv1.weight"]
    state["embeddings.position_embedding.weight"] = source["positional_embedding"]
    for old, new in (("ln_pre", "pre_layrnorm"), ("ln_post", "post_layernorm")):
        for leaf in ("weight", "bias"):
            state[f"{new}.{leaf}"] = source[f"{old}.{leaf}"]
    for layer in range(LAYERS):
        state.update(clip_layer(source, f"transformer.resblocks.{layer}.", f"encoder.layers.{layer}."))
    model.load_state_dict({k: v for k, v in state.items()}, strict=False)
    return model


def clip_layer(source, old, new):
    names = {"ln_1": "layer_norm1", "ln_2": "layer_norm2", "attn.out_proj": "self_attn.out_proj",
             "mlp.c_fc": "mlp.fc1", "mlp.c_proj": "mlp.fc2"}
    state = {f"{new}{b}.{leaf}": source[f"{old}{a}.{leaf}"] for a, b in names.items() for leaf in ("weight", "bias")}
    for leaf in ("weight", "bias"):
        parts = source[f"{old}attn.in_proj_{leaf}"].chunk(3)
        state.update({f"{new}self_attn.{p}_proj.{leaf}": part for p, part in zip("qkv", parts)})
    return state


def nfnet():
    """A tiny dm_nfnet: all that makes one, with fewer blocks and channels."""
    config = NfCfg(
        depths=(1, 2, 1, 1), channels=(24, 32, 24, 24), stem_type="deep_quad", stem_chs=16, group_size=4,
        bottle_ratio=0.5, extra_conv=True, gamma_in_act=True, same_padding=True, skipinit=True, num_features=48,
        act_layer="gelu", attn_layer="se", attn_kwargs={"rd_ratio": 0.5},
    )
    return NormFreeNet(config, num_classes=5).eval()


def write_nfnet(directory, seed, dtype):
    """timm's hub layout, classifier included."""
    directory.mkdir()
    model = nfnet()
    enliven(model, seed)
    state = round_to(contiguous(model.state_dict()), dtype)
    save_shard(state, directory / "model.safetensors")
    pretrained = {
        "tag": "dm_in1k", "custom_load": False, "input_size": [3, 64, 64], "fixed_input_size": False,
        "interpolation": "bicubic", "crop_pct": 0.9, "crop_mode": "center", "mean": [0.485, 0.456, 0.406],
        "std": [0.229, 0.224, 0.225], "num_classes": 5, "pool_size": [2, 2], "first_conv": "stem.conv1",
        "classifier": "head.fc",
    }
    dump({"architecture": "dm_nfnet_f0", "num_classes": 5, "num_features": 48, "global_pool": "avg",
          "pretrained_cfg": pretrained}, directory / "config.json")

"""The reference implementations, loaded from checkouts that stay outside of this repository."""

import functools
import importlib
import importlib.util
import os
import sys
import types
from pathlib import Path

import torch
from einops import rearrange, repeat
from torch import nn

CHECKOUTS = Path(os.environ.get("GOLDEN_REFERENCES", "references"))

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"


def stand_in(name, **members):
    """A module that the references import and that is not installed: only what they use of it."""
    parent, _, child = name.rpartition(".")
    if parent and parent not in sys.modules:
        stand_in(parent)
    module = sys.modules.get(name) or types.ModuleType(name)
    module.__path__ = []
    module.__dict__.update(members)
    sys.modules[name] = module
    if parent:
        setattr(sys.modules[parent], child, module)
    return module


def install_stand_ins():
    stand_in(
        "einops_exts",
        rearrange_many=lambda tensors, pattern, **sizes: [rearrange(t, pattern, **sizes) for t in tensors],
        repeat_many=lambda tensors, pattern, **sizes: [repeat(t, pattern, **sizes) for t in tensors],
    )
    allow_foreign_torchvision()


def allow_foreign_torchvision():
    """torchvision describes operators whose C++ library may not fit this build of torch; none is used here."""
    register = torch.library.register_fake

    def register_if_known(operator, *arguments, **options):
        known = not isinstance(operator, str) or not operator.startswith("torchvision::")
        return register(operator, *arguments, **options) if known else (lambda function: function)

    torch.library.register_fake = register_if_known
    import torchvision  # noqa: F401

    torch.library.register_fake = register


install_stand_ins()

import open_clip  # noqa: E402
from transformers import GenerationMixin  # noqa: E402


def load_module(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_open_flamingo():
    """open_flamingo.src without the package's __init__, which brings in what training needs."""
    folder = CHECKOUTS / "open_flamingo" / "open_flamingo"
    stand_in("open_flamingo").__path__ = [str(folder)]
    stand_in("open_flamingo.src").__path__ = [str(folder / "src")]
    return {
        name: importlib.import_module(f"open_flamingo.src.{name}")
        for name in ("helpers", "flamingo_lm", "flamingo", "factory")
    }


def load_checkpoint_filter():
    """filter_state_dict_to_trainable of open_flamingo 2.0, which decides what a checkpoint holds."""
    source = (CHECKOUTS / "open_flamingo/open_flamingo/train/train_utils.py").read_text()
    start = source.index("def filter_state_dict_to_trainable")
    scope = {"torch": torch}
    exec(source[start : source.index("def save_checkpoint")], scope)
    return scope["filter_state_dict_to_trainable"]


def load_flamingo_mini():
    folder = CHECKOUTS / "flamingo-mini" / "flamingo_mini"
    stand_in("requests")
    stand_in("flamingo_mini").__path__ = [str(folder)]
    return {
        name: importlib.import_module(f"flamingo_mini.{name}")
        for name in ("configuration_flamingo", "flamingo_processor", "modeling_flamingo")
    }


def load_mosaic_gpt():
    """MosaicGPT of mosaicml/examples v0.0.4, the code that the released 1B model names."""
    folder = CHECKOUTS / "examples" / "examples" / "llm" / "src" / "models"
    layer_norm = "composer.algorithms.low_precision_layernorm.low_precision_layernorm"
    stand_in(layer_norm, LPLayerNorm=nn.LayerNorm)  # the same outside of autocast
    metrics = ("InContextLearningLMAccuracy", "InContextLearningMultipleChoiceAccuracy")
    stand_in("composer.metrics", **{name: object for name in metrics})
    stand_in("composer.metrics.nlp", LanguageCrossEntropy=object, LanguagePerplexity=object)
    stand_in("composer.models", HuggingFaceModel=object)
    stand_in("omegaconf", DictConfig=dict, OmegaConf=object)
    nothing = lambda **_: (lambda module, **__: None)  # noqa: E731  all weights are set afterwards
    registry = {"kaiming_normal_": lambda module, **_: None}
    stand_in("examples.llm.src.models.utils", MODEL_INIT_REGISTRY=registry, add_bidirectional_mask_if_missing=nothing)
    for package in ("layers", "mosaic_gpt"):
        stand_in(f"examples.llm.src.models.{package}").__path__ = [str(folder / package)]
    return importlib.import_module("examples.llm.src.models.mosaic_gpt.mosaic_gpt")


OPEN_FLAMINGO = load_open_flamingo()
FLAMINGO_MINI = load_flamingo_mini()
MOSAIC_GPT = load_mosaic_gpt()
filter_state_dict_to_trainable = load_checkpoint_filter()


class MosaicGpt(MOSAIC_GPT.MosaicGPT, GenerationMixin):
    """MosaicGPT under today's transformers: generates without a cache, whose old format is gone."""

    # OpenFlamingo finds the blocks by the class name.
    def __init__(self, config):
        super().__init__(config)
        self.post_init()

    def _init_weights(self, module):
        pass

    def get_input_embeddings(self):
        return self.transformer.wte

    def set_input_embeddings(self, embeddings):
        self.transformer.wte = embeddings

    keep_cache = False  # its own format of cache, which generate knows no more

    def forward(self, input_ids, attention_mask=None, past_key_values=None, **others):
        del others  # what today's generate adds
        mask = None if attention_mask is None else attention_mask.bool()
        past = past_key_values if self.keep_cache else None
        return super().forward(
            input_ids=input_ids, attention_mask=mask, past_key_values=past, return_dict=True, use_cache=self.keep_cache
        )


MosaicGpt.__name__ = "MosaicGPT"


def shrink_open_flamingo(latents=4, depth=2, heads=2, only_immediate=True, **resampler):
    """Sets the sizes that open_flamingo hard-codes; head width 64 and all names stay."""
    helpers = OPEN_FLAMINGO["helpers"]
    OPEN_FLAMINGO["flamingo"].PerceiverResampler = functools.partial(
        helpers.PerceiverResampler, depth=depth, heads=heads, num_latents=latents, **resampler
    )
    OPEN_FLAMINGO["flamingo_lm"].GatedCrossAttentionBlock = functools.partial(
        helpers.GatedCrossAttentionBlock, heads=heads, only_attend_immediate_media=only_immediate
    )


def versions():
    names = ("torch", "transformers", "tokenizers", "safetensors", "timm", "einops", "open_clip")
    return {name: importlib.import_module(name).__version__ for name in names}

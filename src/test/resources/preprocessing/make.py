"""Makes the pictures and expected.safetensors: what the references' image transforms do with them.

Made with Python 3.11, pillow 12.3.0, torch 2.13.0, torchvision 0.28.0, open_clip_torch 3.3.0,
transformers 5.17.0 (its PIL processor), timm 1.0.29, numpy 2.4.6, safetensors 0.8.0.

Run in this folder: python make.py

A tensor is named REFERENCE/PICTURE/SIDE. "levels/..." are open_clip's before the scaling to 0..1.
"""

import numpy as np
import timm
import torch
from open_clip.transform import image_transform
from PIL import Image
from safetensors.torch import save_file
from timm.data import create_transform
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

SIZES = [(57, 43), (43, 131), (300, 200), (224, 224), (640, 360)]


def picture(width, height, seed):
    """Gradients, hard edges (bicubic overshoots there, so levels are clipped) and some noise."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    red = 255 * x // width
    green = 255 * y // height
    blue = np.where((x // 9 + y // 7) % 2, 255, 0)
    pixels = np.stack([red, green, blue], axis=2)
    noisy = random.random((height, width, 1)) < 0.05
    pixels = np.where(noisy, random.integers(0, 256, (height, width, 3)), pixels)
    return Image.fromarray(pixels.astype(np.uint8))


def transforms(side):
    nfnet = timm.get_pretrained_cfg("dm_nfnet_f0").to_dict()
    evaluation = dict(
        input_size=(3, side, side),
        interpolation=nfnet["interpolation"],
        mean=nfnet["mean"],
        std=nfnet["std"],
        crop_pct=nfnet["crop_pct"],
    )
    processor = CLIPImageProcessorPil(
        size={"shortest_edge": side}, crop_size={"height": side, "width": side}
    )
    return {
        "open_clip": image_transform(side, is_train=False),
        "hugging_face": lambda image: processor(image, return_tensors="pt")["pixel_values"][0],
        "timm_squash": create_transform(**evaluation, crop_mode=nfnet["crop_mode"]),
        "timm_center": create_transform(**evaluation, crop_mode="center"),
    }


def levels(image, side):
    for step in image_transform(side, is_train=False).transforms[:2]:
        image = step(image)
    return torch.from_numpy(np.array(image)).permute(2, 0, 1).contiguous()


def main():
    pictures = {f"{w}x{h}": picture(w, h, seed) for seed, (w, h) in enumerate(SIZES)}
    expected = {}
    for name, image in pictures.items():
        image.save(f"{name}.png", optimize=True)
        for side in [32, 48] if name == "57x43" else [32]:
            for reference, transform in transforms(side).items():
                expected[f"{reference}/{name}/{side}"] = transform(image).float().contiguous()
    expected["levels/640x360/224"] = levels(pictures["640x360"], 224)
    pictures["57x43"].save("57x43.jpg", quality=90)
    with Image.open("57x43.jpg") as jpeg:
        expected["levels/57x43.jpg/43"] = levels(jpeg, 43)  # cropped only: as libjpeg decodes it
    save_file(expected, "expected.safetensors")


main()

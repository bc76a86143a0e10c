package dev.flamingostreams.conversion;

import dev.flamingostreams.flamingo.Preprocessing;
import dev.flamingostreams.flamingo.Preprocessing.CropRounding;
import dev.flamingostreams.flamingo.Preprocessing.Resize;
import dev.flamingostreams.flamingo.VisionConfig;
import java.util.ArrayList;
import java.util.List;

/** DeepMind's NFNets as timm stores them; depths and channels are what the tensors say. */
final class NfNetLayout implements VisionLayout {
  private static final int STAGES = 4;
  private static final List<Float> MEAN = List.of(0.485f, 0.456f, 0.406f);
  private static final List<Float> STD = List.of(0.229f, 0.224f, 0.225f);

  private final Settings config;
  private final Settings images;

  NfNetLayout(Settings config) {
    this.config = config;
    this.images = config.at("pretrained_cfg");
  }

  @Override
  public String name() {
    return "NFNet (timm " + config.text("architecture", "") + ")";
  }

  @Override
  public VisionConfig config(boolean classToken, Sources sources) {
    config.none("model_args");
    List<Integer> stem = new ArrayList<>();
    List<Integer> depths = new ArrayList<>();
    List<Integer> channels = new ArrayList<>();
    for (int i = 0; i < STAGES; i++) {
      stem.add(sources.size("stem.conv%d.weight".formatted(i + 1), 0, 4));
      depths.add(sources.numbers("stages.%d.".formatted(i)).size());
      channels.add(sources.size("stages.%d.0.conv3.weight".formatted(i), 0, 4));
    }
    return new VisionConfig.NfNet(
        side(),
        preprocessing(),
        stem,
        depths,
        channels,
        sources.size("stages.0.0.conv2.weight", 1, 4),
        sources.size("final_conv.weight", 0, 4));
  }

  private int side() {
    List<Integer> size = images.integers("input_size");
    if (size.size() != 3 || size.get(0) != 3 || !size.get(1).equals(size.get(2))) {
      throw images.fault("input_size", "3 channels of a square");
    }
    return size.get(1);
  }

  private Preprocessing preprocessing() {
    images.only("interpolation", "bicubic").only("crop_mode", "center", "squash");
    boolean squash = images.text("crop_mode", "squash").equals("squash");
    double fraction = images.number("crop_pct", 0.875);
    if (!(fraction > 0)) {
      throw images.fault("crop_pct", "above 0");
    }
    return new Preprocessing(
        squash ? Resize.SQUASH : Resize.CROP,
        fraction,
        CropRounding.HALF_EVEN,
        images.floats("mean", MEAN),
        images.floats("std", STD));
  }

  @Override
  public void weights(VisionConfig config, Part part) {
    VisionConfig.NfNet shape = (VisionConfig.NfNet) config;
    for (int i = 0; i < STAGES; i++) {
      convolution(part, "stem." + i, "stem.conv" + (i + 1));
      for (int block = 0; block < shape.depths().get(i); block++) {
        String name = "stages.%d.%d".formatted(i, block);
        block(part.at(name, name), part.sources().contains(name + ".downsample.conv.weight"));
      }
    }
    convolution(part, "final", "final_conv");
    part.sources().ignore("head\\.fc\\.(weight|bias)");
  }

  private static void block(Part part, boolean downsample) {
    if (downsample) {
      convolution(part, "downsample", "downsample.conv");
    }
    convolution(part, "conv1", "conv1");
    convolution(part, "conv2", "conv2");
    convolution(part, "conv3", "conv2b");
    convolution(part, "conv4", "conv3");
    part.make("squeeze.weight", "attn_last.fc1.weight", Transform.POINTWISE);
    part.copy("squeeze.bias", "attn_last.fc1.bias");
    part.make("excite.weight", "attn_last.fc2.weight", Transform.POINTWISE);
    part.copy("excite.bias", "attn_last.fc2.bias");
    part.make("gain", "skipinit_gain", Transform.SCALAR);
  }

  private static void convolution(Part part, String weight, String tensor) {
    part.copy(weight + ".weight", tensor + ".weight");
    part.make(weight + ".gain", tensor + ".gain", Transform.GAIN);
    part.copy(weight + ".bias", tensor + ".bias");
  }
}

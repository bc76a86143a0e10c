package dev.flamingostreams.cli;

import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.conversion.Import;
import dev.flamingostreams.conversion.ImportOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a model of released checkpoints. */
@Command(
    name = "import",
    description = {
      "Makes a model directory of a released Flamingo and of the vision encoder and language model"
          + " that it was trained on.",
      "Weights are read from safetensors and PyTorch files, sharded or not."
    })
final class ImportCommand implements Callable<Integer> {
  private static final int MB = 1 << 20;
  private static final int STEP_BITS = 29; // a line each 512 MB

  /** Names of element types as people write them. */
  enum Precision {
    f32(StoredType.F32),
    f16(StoredType.F16);

    private final StoredType type;

    Precision(StoredType type) {
      this.type = type;
    }
  }

  @Option(
      names = "--vision",
      required = true,
      paramLabel = "DIRECTORY",
      description = "CLIP of transformers or open_clip, or dm_nfnet of timm.")
  private Path vision;

  @Option(
      names = "--language",
      required = true,
      paramLabel = "DIRECTORY",
      description = "MPT, MosaicGPT, GPT-NeoX, OPT or LLaMA of transformers, with its tokenizer.")
  private Path language;

  @Option(
      names = "--flamingo",
      required = true,
      paramLabel = "PATH",
      description = "Checkpoint of OpenFlamingo or flamingo-mini, or the directory it is in.")
  private Path flamingo;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIRECTORY",
      description = "Where the model goes.")
  private Path out;

  @Option(
      names = "--id",
      description = "Name that signs the model's captions (that of the directory).")
  private @Nullable String id;

  @Option(
      names = "--type",
      defaultValue = "f32",
      description = "Of the weights written: f32, faster on a CPU, or f16, half the size (f32).")
  private Precision type;

  @Option(names = "--force", description = "Replace the model that is there.")
  private boolean force;

  @Spec private CommandSpec spec;

  private long saidBytes;

  @Override
  public Integer call() throws IOException {
    String name = id != null ? id : String.valueOf(out.toAbsolutePath().normalize().getFileName());
    Import.of(vision, language, flamingo)
        .to(out, new ImportOptions(name, type.type, force), this::progress);
    spec.commandLine().getOut().println("the model is in " + out);
    return ExitCode.OK;
  }

  private void progress(int done, int all, long bytes, long allBytes) {
    if (bytes >> STEP_BITS == saidBytes >> STEP_BITS && done < all) {
      return;
    }
    saidBytes = bytes;
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        Locale.ROOT,
        "%d of %d weights, %.1f of %.1f MB%n",
        done,
        all,
        bytes / (double) MB,
        allBytes / (double) MB);
    err.flush();
  }
}

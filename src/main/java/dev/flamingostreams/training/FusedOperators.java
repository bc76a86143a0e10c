package dev.flamingostreams.training;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Operators of libtorch that DJL has no call for, reached through a TorchScript module whose
 * methods hold one each.
 */
final class FusedOperators implements AutoCloseable {
  private static final String CODE =
      """
      class Fused(Module):
        __parameters__ = []
        __buffers__ = []
        def attention(self: __torch__.Fused, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(q, k, v, None, 0., False, scale=None, enable_gqa=True)
        def biased(self: __torch__.Fused, q: Tensor, k: Tensor, v: Tensor, b: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(q, k, v, b, 0., False, scale=None, enable_gqa=True)
        def write(self: __torch__.Fused, x: Tensor, axis: int, at: Tensor, slice: Tensor) -> Tensor:
          return torch.index_copy_(x, axis, torch.to(at, 4), slice)
      """;

  /** Pickled: an object of that class without attributes. */
  private static final String OBJECT = "\u0080\u0002c__torch__\nFused\nq\u0000)\u0081}b.";

  /** Pickled: the empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private final PtNDManager manager;
  private final PtSymbolBlock module;

  private FusedOperators(PtNDManager manager, PtSymbolBlock module) {
    this.manager = manager;
    this.module = module;
  }

  static FusedOperators load(NDManager manager) {
    PtNDManager own = (PtNDManager) manager;
    try {
      ByteArrayInputStream archive = new ByteArrayInputStream(archive());
      return new FusedOperators(own, JniUtils.loadModule(own, archive, false, false));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** A zip file of uncompressed entries. */
  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "fused/data.pkl", OBJECT);
      entry(zip, "fused/code/__torch__.py", CODE);
      entry(zip, "fused/constants.pkl", NO_CONSTANTS);
      entry(zip, "fused/version", "3\n");
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
    byte[] data = content.getBytes(ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(data);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(data.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }

  /** {@code scaled_dot_product_attention}. */
  NDArray attention(NDArray queries, NDArray keys, NDArray values, @Nullable NDArray bias) {
    return bias == null
        ? run("attention", tensor(queries), tensor(keys), tensor(values))
        : run("biased", tensor(queries), tensor(keys), tensor(values), tensor(bias));
  }

  /** {@code index_copy_}. */
  void write(NDArray into, int axis, NDArray index, NDArray slice) {
    run("write", tensor(into), IValue.from(axis), tensor(index), tensor(slice)).close();
  }

  private static IValue tensor(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  private NDArray run(String method, IValue... inputs) {
    try (IValue result = IValueUtils.runMethod(module, method, inputs)) {
      return result.toTensor(manager);
    } finally {
      for (IValue input : inputs) {
        input.close();
      }
    }
  }

  @Override
  public void close() {
    module.close();
  }
}

package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextBatchTest {
  private static final int PAD = 0;
  private static final int IMAGE = 1;
  private static final int END = 2;
  private static final int VOCABULARY = 6;

  private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
  private final TorchBackend backend = new TorchBackend(manager);
  private final Chunk caption = new Chunk(new int[] {IMAGE, 3, END}, 1);
  private final Chunk question = new Chunk(new int[] {IMAGE, 4, 5, END}, 2);

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void rowsArePaddedAndEachTokenFollowsTheMediaOfItsChunk() {
    TextBatch texts =
        TextBatch.of(List.of(List.of(caption, question), List.of(caption)), PAD, true);
    assertThat(ints(texts.inputs(backend)))
        .containsExactly(IMAGE, 3, END, IMAGE, 4, 5, END, IMAGE, 3, END, PAD, PAD, PAD, PAD);
    assertThat(ints(texts.textTime(backend)))
        .containsExactly(1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 0, 0, 0, 0);
  }

  @Test
  void onlyAnswersCountWherePromptsDoNot() {
    TextBatch texts = TextBatch.of(List.of(List.of(caption, question)), PAD, false);
    // places of 3 and END of the caption, of 5 and END of the question
    assertThat(loss(texts, 7, new int[][] {{0, 3}, {1, END}, {4, 5}, {5, END}})).isZero();
    assertThat(loss(texts, 7, new int[][] {{0, 3}, {1, END}, {4, 5}}))
        .isCloseTo(Math.log(VOCABULARY) / 4, within(1e-4));
  }

  @Test
  void whatBeginsAChunkNeverCounts() {
    TextBatch texts = TextBatch.of(List.of(List.of(caption, question)), PAD, true);
    assertThat(loss(texts, 7, new int[][] {{0, 3}, {1, END}, {3, 4}, {4, 5}, {5, END}})).isZero();
  }

  /** Of logits that are sure of one token at each of the places, and of nothing elsewhere. */
  private double loss(TextBatch texts, int length, int[][] sure) {
    float[] logits = new float[length * VOCABULARY];
    for (int[] place : sure) {
      logits[place[0] * VOCABULARY + place[1]] = 100;
    }
    return texts.loss(manager, backend.constant(logits, 1, length, VOCABULARY)).getFloat();
  }

  private static int[] ints(Tensor tensor) {
    return TorchTensor.array(tensor).toIntArray();
  }
}

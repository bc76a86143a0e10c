package dev.flamingostreams.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.tensorrt.FloatTensors.Layer;
import java.util.List;
import org.bytedeco.tensorrt.global.nvinfer.LayerType;
import org.junit.jupiter.api.Test;

/** Networks by their layers, which need no GPU. */
class FloatTensorsTest {
  private static final Layer BEFORE = layer("before", LayerType.kMATRIX_MULTIPLY, "given");

  @Test
  void aNormByTheMeanSquareGivesFloatsAndTheMatricesAfterItDoNot() {
    assertThat(
            FloatTensors.of(
                List.of(
                    BEFORE,
                    layer("squares", LayerType.kELEMENTWISE, "before", "before"),
                    layer("mean", LayerType.kREDUCE, "squares"),
                    layer("column", LayerType.kSHUFFLE, "mean"),
                    layer("sum", LayerType.kELEMENTWISE, "column", "epsilon"),
                    layer("root", LayerType.kUNARY, "sum"),
                    layer("quotient", LayerType.kELEMENTWISE, "before", "root"),
                    layer("normed", LayerType.kELEMENTWISE, "quotient", "gain"),
                    layer("queries", LayerType.kMATRIX_MULTIPLY, "normed", "weights"),
                    layer("residual", LayerType.kELEMENTWISE, "before", "queries"))))
        .containsExactlyInAnyOrder(
            "squares", "mean", "column", "sum", "root", "quotient", "normed");
  }

  @Test
  void convolutionsAndMatricesBetweenMeansStayInHalfPrecision() {
    assertThat(
            FloatTensors.of(
                List.of(
                    layer("scaled", LayerType.kELEMENTWISE, "given", "beta"),
                    layer("cells", LayerType.kSHUFFLE, "scaled"),
                    layer("pooled", LayerType.kREDUCE, "cells"),
                    layer("image", LayerType.kCONVOLUTION, "pooled"),
                    layer("means", LayerType.kREDUCE, "image"),
                    layer("squeezed", LayerType.kMATRIX_MULTIPLY, "means"),
                    layer("weights", LayerType.kACTIVATION, "squeezed"),
                    layer("excited", LayerType.kELEMENTWISE, "image", "weights"))))
        .containsExactlyInAnyOrder("pooled", "means");
  }

  @Test
  void whatGivesLogitsAndAllThatIsComputedFromThemIsInFloats() {
    assertThat(
            FloatTensors.of(
                List.of(
                    BEFORE,
                    layer("logits", LayerType.kMATRIX_MULTIPLY, "before", "head"),
                    layer("last", LayerType.kSLICE, "logits"),
                    layer("LogSoftmax_1", LayerType.kSOFTMAX, "last"),
                    layer("chosen", LayerType.kTOPK, "LogSoftmax_1"),
                    layer("mixed", LayerType.kMATRIX_MULTIPLY, "chosen", "before"))))
        .containsExactlyInAnyOrder("logits", "last", "LogSoftmax_1", "chosen", "mixed");
  }

  @Test
  void logitsThatAreGivenAsTheyAreAreInFloats() {
    assertThat(
            FloatTensors.of(
                List.of(
                    BEFORE,
                    layer("product", LayerType.kMATRIX_MULTIPLY, "before", "head"),
                    layer("rows", LayerType.kSHUFFLE, "product"),
                    layer("logits", LayerType.kIDENTITY, "rows"))))
        .containsExactlyInAnyOrder("product", "rows", "logits");
  }

  @Test
  void everyProductThatLogitsAreJoinedOfIsInFloats() {
    assertThat(
            FloatTensors.of(
                List.of(
                    BEFORE,
                    layer("start", LayerType.kMATRIX_MULTIPLY, "before", "head"),
                    layer("row", LayerType.kSHUFFLE, "start"),
                    layer("rest", LayerType.kMATRIX_MULTIPLY, "before", "head"),
                    layer("joined", LayerType.kCONCATENATION, "row", "rest"),
                    layer("LogSoftmax_1", LayerType.kSOFTMAX, "joined"))))
        .containsExactlyInAnyOrder("start", "row", "rest", "joined", "LogSoftmax_1");
  }

  @Test
  void loopsLeadBack() {
    assertThat(
            FloatTensors.of(
                List.of(
                    layer("carried", LayerType.kRECURRENCE, "first", "next"),
                    layer("product", LayerType.kMATRIX_MULTIPLY, "carried", "head"),
                    layer("LogSoftmax_1", LayerType.kSOFTMAX, "product"),
                    layer("next", LayerType.kELEMENTWISE, "carried", "LogSoftmax_1"))))
        .containsExactlyInAnyOrder("product", "LogSoftmax_1", "next", "carried");
  }

  /** A layer whose output has its name. */
  private static Layer layer(String name, LayerType type, String... inputs) {
    return new Layer(name, type, List.of(inputs), List.of(name));
  }
}

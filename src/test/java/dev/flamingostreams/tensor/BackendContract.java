package dev.flamingostreams.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What every backend must do, checked against numbers worked out in plain Java. */
public abstract class BackendContract {
  private static final Offset<Float> CLOSE = within(1e-5f);

  /** Something to compute from inputs. */
  public interface Expression {
    Tensor apply(Backend backend, List<Tensor> inputs);
  }

  /**
   * Computes floats; inputs must not be known to the backend before it runs, if it can be helped.
   */
  protected abstract Value evaluate(Expression expression, Value... inputs);

  private final Value matrix = Value.floats(2, 3);
  private final Value cube = Value.floats(2, 3, 4);
  private final Value row = Value.floats(new float[] {0.5f, -1, 2}, 3);
  private final Value column = Value.floats(new float[] {3, -4}, 2, 1);
  private final Value counts = Value.ints(new int[] {2, 0, -1, 7, 2, 5}, 2, 3);
  private final Value twos = Value.ints(new int[] {2}, 1);

  @Test
  void addsSubtractsAndMultipliesFloatsAndIntsWithBroadcasting() {
    pair(Tensor::add, (a, b) -> a + b, matrix, matrix);
    pair(Tensor::add, (a, b) -> a + b, matrix, row);
    pair(Tensor::sub, (a, b) -> a - b, row, column);
    pair(Tensor::mul, (a, b) -> a * b, matrix, column);
    pair(Tensor::mul, (a, b) -> a * b, row, Value.floats(new float[] {4}));
    pair((a, b) -> a.add(b).toFloat(), (a, b) -> a + b, counts, twos);
    pair((a, b) -> a.sub(b).toFloat(), (a, b) -> a - b, twos, counts);
    pair((a, b) -> a.mul(b).toFloat(), (a, b) -> a * b, counts, counts);
  }

  @Test
  void dividesFloatsAndTruncatesQuotientsOfInts() {
    pair(Tensor::div, (a, b) -> a / b, matrix, column);
    pair(
        (a, b) -> a.div(b).toFloat(),
        (a, b) -> Math.signum(a) * Math.floor(Math.abs(a) / b),
        counts,
        twos);
    Value large = Value.ints(new int[] {151_295, 16_777_217}, 2);
    pair(
        (a, b) -> a.sub(a.div(b).mul(b)).toFloat(),
        (a, b) -> (int) a % (int) b,
        large,
        Value.ints(new int[] {50_432}, 1));
  }

  @Test
  void comparesAndCombines() {
    pair((a, b) -> a.equal(b).toFloat(), (a, b) -> a == b ? 1 : 0, counts, twos);
    pair((a, b) -> a.less(b).toFloat(), (a, b) -> a < b ? 1 : 0, counts, twos);
    pair((a, b) -> a.less(b).toFloat(), (a, b) -> a < b ? 1 : 0, matrix, row);
    pair(
        (a, b) -> a.less(b).and(a.equal(b).not()).toFloat(), (a, b) -> a < b ? 1 : 0, counts, twos);
    pair((a, b) -> a.less(b).or(a.equal(b)).toFloat(), (a, b) -> a <= b ? 1 : 0, counts, twos);
    pair((a, b) -> a.less(b).where(a, b), Math::min, matrix, row);
    pair((a, b) -> a.less(b).where(a, b).toFloat(), Math::min, counts, twos);
    pair(
        (a, b) -> a.less(b).where(a.equal(b).not(), a.equal(a)).toFloat(),
        (a, b) -> 1,
        counts,
        twos);
    pair(
        (a, b) -> a.less(b).where(a.equal(b), a.equal(a)).toFloat(),
        (a, b) -> a < b ? 0 : 1,
        counts,
        twos);
  }

  @Test
  void appliesFunctionsToEachElement() {
    each(x -> x.scale(-2.5), x -> -2.5 * x);
    each(Tensor::tanh, Math::tanh);
    each(Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x)));
    each(Tensor::relu, x -> Math.max(0, x));
    each(Tensor::gelu, x -> x * normalDistribution(x));
    each(x -> x.clip(-0.5, 0.25), x -> Math.max(-0.5, Math.min(0.25, x)));
    each(x -> x.mul(x).sqrt(), Math::abs);
  }

  @Test
  void multipliesMatricesWithBroadcastLeadingAxes() {
    product(Value.floats(2, 3), Value.floats(3, 4), 2, 4);
    product(Value.floats(5, 2, 3), Value.floats(3, 4), 5, 2, 4);
    product(Value.floats(2, 1, 2, 3), Value.floats(5, 3, 1), 2, 5, 2, 1);
  }

  @Test
  void multipliesByAMatrixOfRows() {
    Value rows = Value.floats(5, 4);
    float[] values = new float[2 * 3 * 5];
    for (int i = 0; i < values.length; i++) {
      long[] at = place(i, 2, 3, 5);
      for (int k = 0; k < 4; k++) {
        values[i] += cube.at(at[0], at[1], k) * rows.at(at[2], k);
      }
    }
    check(
        (b, in) -> in.get(0).matmulTransposed(in.get(1)), values, new long[] {2, 3, 5}, cube, rows);
  }

  @Test
  void aLayerMultipliesAndShifts() {
    Value weight = Value.floats(4, 2);
    Value bias = Value.floats(new float[] {1, -2}, 2);
    float[] plain = new float[2 * 3 * 2];
    float[] shifted = new float[plain.length];
    for (int i = 0; i < plain.length; i++) {
      long[] at = place(i, 2, 3, 2);
      for (int k = 0; k < 4; k++) {
        plain[i] += cube.at(at[0], at[1], k) * weight.at(k, at[2]);
      }
      shifted[i] = plain[i] + bias.at(at[2]);
    }
    long[] shape = {2, 3, 2};
    check((b, in) -> in.get(0).linear(in.get(1), null), plain, shape, cube, weight);
    check((b, in) -> in.get(0).linear(in.get(1), in.get(2)), shifted, shape, cube, weight, bias);
  }

  @Test
  void attentionMeansTheValuesOfTheKeysThatFit() {
    Value queries = Value.floats(2, 4, 3, 8);
    for (int groups : new int[] {4, 2, 1}) {
      Value keys = Value.floats(2, groups, 5, 8);
      Value values = Value.floats(2, groups, 5, 8);
      for (Value bias : List.of(Value.floats(1, 1, 3, 5), Value.floats(2, 4, 1, 5))) {
        check(
            (b, in) -> in.get(0).attention(in.get(1), in.get(2), in.get(3)),
            attention(queries, keys, values, bias),
            queries.shape(),
            queries,
            keys,
            values,
            bias);
      }
      check(
          (b, in) -> in.get(0).attention(in.get(1), in.get(2), null),
          attention(queries, keys, values, Value.floats(new float[] {0}, 1, 1, 1, 1)),
          queries.shape(),
          queries,
          keys,
          values);
    }
  }

  private static float[] attention(Value queries, Value keys, Value values, Value bias) {
    long[] s = queries.shape();
    long shared = s[1] / keys.shape()[1];
    float[] result = new float[(int) Shapes.size(s)];
    for (int i = 0; i < result.length; i++) {
      long[] at = place(i, s);
      double sum = 0;
      double weights = 0;
      for (int k = 0; k < keys.shape()[2]; k++) {
        double score = bias.at(at[0], at[1], at[2], k);
        for (int d = 0; d < s[3]; d++) {
          score +=
              queries.at(at[0], at[1], at[2], d)
                  * keys.at(at[0], at[1] / shared, k, d)
                  / Math.sqrt((double) s[3]);
        }
        weights += Math.exp(score);
        sum += Math.exp(score) * values.at(at[0], at[1] / shared, k, at[3]);
      }
      result[i] = (float) (sum / weights);
    }
    return result;
  }

  @Test
  void putsASliceInItsPlace() {
    Value slice = Value.floats(2, 1, 4);
    float[] expected = cube.values().clone();
    for (int i = 0; i < 2; i++) {
      System.arraycopy(slice.values(), 4 * i, expected, 12 * i + 8, 4);
    }
    check(
        (b, in) -> in.get(0).scale(1).put(1, in.get(2), in.get(1)),
        expected,
        cube.shape(),
        cube,
        slice,
        twos);
  }

  @Test
  void aLoopMayFillAStatePlaceByPlace() {
    check(
        (b, in) ->
            b.loop(
                    3,
                    List.of(in.get(0).scale(1)),
                    (step, s) -> {
                      Tensor value = step.toFloat().reshape(1, 1).expand(2, 1);
                      Tensor filled = s.get(0).put(1, step, value.within(x -> x.add(x)));
                      return new Backend.Step(step.equal(step), List.of(filled));
                    })
                .get(0),
        new float[] {0, 2, 4, 0, 2, 4},
        new long[] {2, 3},
        matrix);
  }

  @Test
  void whatWorkMakesOfATensorMayBeTheTensorItself() {
    check(
        (b, in) -> in.get(0).within(x -> x).within(x -> x.add(x).sub(x)),
        matrix.values(),
        matrix.shape(),
        matrix);
  }

  @Test
  void softmaxAndItsLogarithmSumToOneOverTheLastAxis() {
    Value wide = Value.floats(new float[] {1, 2, 3, 1000, 1000, -1000}, 2, 3);
    double sum = Math.exp(-2) + Math.exp(-1) + 1;
    float[] softmax = {
      (float) (Math.exp(-2) / sum), (float) (Math.exp(-1) / sum), (float) (1 / sum), 0.5f, 0.5f, 0
    };
    check((b, in) -> in.get(0).softmax(), softmax, new long[] {2, 3}, wide);
    float[] logarithms = {
      (float) (-2 - Math.log(sum)),
      (float) (-1 - Math.log(sum)),
      (float) -Math.log(sum),
      (float) -Math.log(2),
      (float) -Math.log(2),
      (float) (-2000 - Math.log(2))
    };
    check((b, in) -> in.get(0).logSoftmax(), logarithms, new long[] {2, 3}, wide);
  }

  @Test
  void layerNormStandardisesTheLastAxis() {
    Value weight = Value.floats(new float[] {1, 2, -1, 0.5f}, 4);
    Value bias = Value.floats(new float[] {0, 1, 2, 3}, 4);
    for (boolean biased : new boolean[] {true, false}) {
      float[] expected = new float[cube.values().length];
      for (int start = 0; start < expected.length; start += 4) {
        normalise(start, 4, expected);
        for (int i = 0; i < 4; i++) {
          float shift = biased ? bias.values()[i] : 0;
          expected[start + i] = expected[start + i] * weight.values()[i] + shift;
        }
      }
      check(
          (b, in) -> in.get(0).layerNorm(in.get(1), biased ? in.get(2) : null, 1e-3),
          expected,
          cube.shape(),
          cube,
          weight,
          bias);
    }
  }

  @Test
  void standardisesTheLastAxis() {
    float[] expected = new float[cube.values().length];
    for (int start = 0; start < expected.length; start += 4) {
      normalise(start, 4, expected);
    }
    check((b, in) -> in.get(0).standardise(1e-3), expected, cube.shape(), cube);
  }

  private void normalise(int start, int size, float[] result) {
    double mean = 0;
    double squares = 0;
    for (int i = start; i < start + size; i++) {
      mean += cube.values()[i] / (double) size;
      squares += cube.values()[i] * (double) cube.values()[i] / size;
    }
    for (int i = start; i < start + size; i++) {
      result[i] = (float) ((cube.values()[i] - mean) / Math.sqrt(squares - mean * mean + 1e-3));
    }
  }

  @Test
  void convolvesWithStrideAndPadding() {
    convolve(Value.floats(2, 3, 7, 5), Value.floats(4, 3, 3, 3), Convolution.of(2, 1));
    convolve(Value.floats(1, 2, 6, 6), Value.floats(3, 2, 2, 2), Convolution.of(2, 0));
    convolve(Value.floats(1, 1, 4, 4), Value.floats(1, 1, 1, 1), Convolution.of(1, 0));
  }

  @Test
  void convolvesGroupsApartAndPadsToTheSameSize() {
    convolve(Value.floats(1, 4, 4, 3), Value.floats(4, 2, 3, 3), new Convolution(1, 1, 1, 2));
    convolve(Value.floats(1, 4, 6, 6), Value.floats(4, 1, 3, 3), Convolution.same(2, 3, 6, 4));
    convolve(Value.floats(1, 2, 7, 7), Value.floats(2, 2, 3, 3), Convolution.same(2, 3, 7, 1));
    convolve(Value.floats(1, 2, 6, 6), Value.floats(2, 2, 1, 1), Convolution.same(2, 1, 6, 1));
  }

  @Test
  void reducesOneAxis() {
    for (int axis : new int[] {0, 1, 2, -1}) {
      int gone = axis < 0 ? axis + 3 : axis;
      long size = cube.shape()[gone];
      long[] shape = Shapes.without("test", axis, cube.shape());
      float[] mean = new float[(int) Shapes.size(shape)];
      float[] max = new float[mean.length];
      for (int i = 0; i < mean.length; i++) {
        long[] place = place(i, shape);
        max[i] = Float.NEGATIVE_INFINITY;
        for (int k = 0; k < size; k++) {
          float x = cube.at(insert(place, gone, k));
          mean[i] += x / size;
          max[i] = Math.max(max[i], x);
        }
      }
      check((b, in) -> in.get(0).mean(axis), mean, shape, cube);
      check((b, in) -> in.get(0).max(axis), max, shape, cube);
    }
  }

  @Test
  void argmaxIsTheFirstMaximumOfTheLastAxisAsInt() {
    Value ties = Value.floats(new float[] {1, 5, 5, 9, -1, 9, -3, -2, -2}, 3, 3);
    check(
        (b, in) -> {
          assertThat(in.get(0).argmax().type()).isEqualTo(DataType.INT);
          return in.get(0).argmax().add(b.constant(new int[] {10}, 1)).toFloat();
        },
        new float[] {11, 10, 11},
        new long[] {3},
        ties);
  }

  @Test
  void theLargestOfTheLastAxisComeInOrderWithTheirPlaces() {
    Value rows = Value.floats(new float[] {1, 5, 4, -9, 8, -3}, 2, 3);
    check(
        (b, in) -> {
          Tensor.Top top = in.get(0).topK(2);
          assertThat(top.indices().type()).isEqualTo(DataType.INT);
          return b.concat(List.of(top.values(), top.indices().toFloat()), -1);
        },
        new float[] {5, 4, 1, 2, 8, -3, 1, 2},
        new long[] {2, 4},
        rows);
  }

  @Test
  void movesElementsWithoutChangingThem() {
    check((b, in) -> in.get(0).reshape(4, 6), cube.values(), new long[] {4, 6}, cube);
    check(
        (b, in) -> in.get(0).reshape(),
        new float[] {2},
        new long[0],
        Value.floats(new float[] {2}, 1));
    gathered((b, in) -> in.get(0).transpose(2, 0, 1), p -> new long[] {p[1], p[2], p[0]}, 4, 2, 3);
    gathered((b, in) -> in.get(0).slice(1, 1, 3), p -> new long[] {p[0], p[1] + 1, p[2]}, 2, 2, 4);
    gathered((b, in) -> in.get(0).slice(-1, 0, 1), p -> new long[] {p[0], p[1], 0}, 2, 3, 1);
    gathered(
        (b, in) -> in.get(0).slice(1, 2, 3).expand(2, 5, 4),
        p -> new long[] {p[0], 2, p[2]},
        2,
        5,
        4);
    gathered(
        (b, in) -> in.get(0).expand(3, 2, 3, 4), p -> new long[] {p[1], p[2], p[3]}, 3, 2, 3, 4);
    check(
        (b, in) -> in.get(0).transpose(1, 0).toFloat(),
        new float[] {2, 7, 0, 2, -1, 5},
        new long[] {3, 2},
        counts);
  }

  private interface Place {
    long[] from(long[] place);
  }

  private void gathered(Expression expression, Place source, long... shape) {
    float[] expected = new float[(int) Shapes.size(shape)];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = cube.at(source.from(place(i, shape)));
    }
    check(expression, expected, shape, cube);
  }

  @Test
  void concatenatesAlongAnAxis() {
    float[] m = matrix.values();
    check(
        (b, in) -> b.concat(List.of(in.get(0), in.get(1)), -1),
        new float[] {m[0], m[1], m[2], 3, m[3], m[4], m[5], -4},
        new long[] {2, 4},
        matrix,
        column);
    check(
        (b, in) -> b.concat(List.of(in.get(0), in.get(0).slice(0, 1, 2)), 0).toFloat(),
        new float[] {2, 0, -1, 7, 2, 5, 7, 2, 5},
        new long[] {3, 3},
        counts);
  }

  @Test
  void gathersRowsByIndex() {
    Value indices = Value.ints(new int[] {1, 0, 1, 1}, 2, 2);
    float[] m = matrix.values();
    check(
        (b, in) -> in.get(0).gather(in.get(1)),
        new float[] {m[3], m[4], m[5], m[0], m[1], m[2], m[3], m[4], m[5], m[3], m[4], m[5]},
        new long[] {2, 2, 3},
        matrix,
        indices);
    check(
        (b, in) -> in.get(0).gather(in.get(1).slice(0, 0, 1).reshape(2)).toFloat(),
        new float[] {7, 2, 5, 2, 0, -1},
        new long[] {2, 3},
        counts,
        indices);
  }

  @Test
  void constantsAreWhatTheyWereMadeOf() {
    check(
        (b, in) ->
            b.constant(new float[] {1, 2}, 2)
                .add(b.constant(new int[] {3, 4}, 2).toFloat())
                .add(in.get(0)),
        new float[] {14, 16},
        new long[] {2},
        Value.floats(new float[] {10}));
  }

  @Test
  void aLoopCountsItsStepsAndStopsWhenItsBodySaysSo() {
    for (int limit : new int[] {1, 4, 9}) {
      int steps = Math.min(limit, 7);
      int sum = steps * (steps - 1) / 2; // doubled where the step is added to itself
      check(
          (b, in) ->
              b.loop(
                      limit,
                      List.of(in.get(0), in.get(1)),
                      (step, s) -> {
                        Tensor next = s.get(0).add(step);
                        // outer values and constants of the body are within reach
                        Tensor scaled = s.get(1).add(in.get(1).mul(b.constant(new float[] {2}, 1)));
                        Tensor proceed = step.less(b.constant(new int[] {6}, 1));
                        return new Backend.Step(proceed, List.of(next, scaled));
                      })
                  .get(1)
                  .add(b.constant(new float[] {sum}, 1)),
          new float[] {1 + 2 * steps + sum, 3 + 6 * steps + sum},
          new long[] {2},
          Value.ints(new int[] {100}, 1),
          Value.floats(new float[] {1, 3}, 2));
    }
  }

  @Test
  void theStateOfALoopMayBeIntsBooleansAndValuesThatStay() {
    check(
        (b, in) -> {
          Tensor seen = in.get(0).less(in.get(0));
          List<Tensor> last =
              b.loop(
                  5,
                  List.of(in.get(0), seen, in.get(0)),
                  (step, s) -> {
                    Tensor flag = s.get(1).or(s.get(0).equal(step));
                    Tensor proceed = step.equal(step);
                    // swapped with what stays, and a value of outside returned as it is
                    return new Backend.Step(proceed, List.of(s.get(0), flag, in.get(1)));
                  });
          return b.concat(
              List.of(last.get(0).toFloat(), last.get(1).toFloat(), last.get(2).toFloat()), 0);
        },
        new float[] {3, 8, 4, 1, 0, 1, 0, 1, 2},
        new long[] {9},
        Value.ints(new int[] {3, 8, 4}, 3),
        Value.ints(new int[] {0, 1, 2}, 3));
  }

  @Test
  void loopsMayBeNested() {
    check(
        (b, in) ->
            b.loop(
                    3,
                    List.of(in.get(0)),
                    (i, outer) -> {
                      List<Tensor> inner =
                          b.loop(
                              2,
                              outer,
                              (j, s) ->
                                  new Backend.Step(
                                      j.equal(j),
                                      List.of(
                                          s.get(0)
                                              .add(i.mul(b.constant(new int[] {10}, 1)))
                                              .add(j))));
                      return new Backend.Step(i.equal(i), inner);
                    })
                .get(0)
                .toFloat(),
        new float[] {2 * (0 + 10 + 20) + 3 * (0 + 1)},
        new long[] {1},
        Value.ints(new int[] {0}, 1));
  }

  @Test
  void shapesThatDoNotFitAreRefusedWithBothShapes() {
    refused("[2, 3]", "[2, 3, 4]", (m, c) -> m.add(c));
    refused("[2, 3]", "[2, 3, 4]", (m, c) -> m.less(c));
    refused("[2, 3, 4]", "[2, 3]", (m, c) -> c.matmul(m));
    refused("[2, 3, 4]", "[5, 5]", (m, c) -> c.reshape(5, 5));
    refused("[2, 3, 4]", "[2, 3]", (m, c) -> c.matmulTransposed(m));
    refused("[2, 3]", "[4, 3]", (m, c) -> m.expand(4, 3));
    refused("[2, 3, 4]", "[2, 3]", (m, c) -> c.layerNorm(m, null, 1e-5));
    refused("[2, 3, 4]", "[2, 3]", (m, c) -> c.put(1, m.argmax().slice(0, 0, 1), m));
  }

  private interface Wrong {
    Tensor apply(Tensor matrix, Tensor cube);
  }

  private void refused(String shape, String other, Wrong wrong) {
    ThrowingCallable evaluation =
        () -> evaluate((b, in) -> wrong.apply(in.get(0), in.get(1)), matrix, cube);
    assertThatIllegalArgumentException()
        .isThrownBy(evaluation)
        .satisfies(
            e ->
                assertThat(
                        String.valueOf(e.getMessage()).replaceAll("[(\\[]", "[").replace(')', ']'))
                    .contains(shape)
                    .contains(other));
  }

  private interface Pair {
    Tensor apply(Tensor a, Tensor b);
  }

  private void pair(Pair operation, DoubleBinaryOperator expected, Value a, Value b) {
    long[] shape = Shapes.broadcast("test", a.shape(), b.shape());
    float[] values = new float[(int) Shapes.size(shape)];
    for (int i = 0; i < values.length; i++) {
      long[] place = place(i, shape);
      values[i] = (float) expected.applyAsDouble(a.at(place), b.at(place));
    }
    check((backend, in) -> operation.apply(in.get(0), in.get(1)), values, shape, a, b);
  }

  private interface Each {
    Tensor apply(Tensor x);
  }

  private void each(Each operation, DoubleUnaryOperator expected) {
    float[] values = new float[cube.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) expected.applyAsDouble(cube.values()[i]);
    }
    check((backend, in) -> operation.apply(in.get(0)), values, cube.shape(), cube);
  }

  private void product(Value a, Value b, long... shape) {
    float[] values = new float[(int) Shapes.size(shape)];
    int inner = (int) a.shape()[a.shape().length - 1];
    for (int i = 0; i < values.length; i++) {
      for (int k = 0; k < inner; k++) {
        long[] left = place(i, shape);
        long[] right = left.clone();
        left[left.length - 1] = k;
        right[right.length - 2] = k;
        values[i] += a.at(left) * b.at(right);
      }
    }
    check((backend, in) -> in.get(0).matmul(in.get(1)), values, shape, a, b);
  }

  private void convolve(Value x, Value weight, Convolution how) {
    long[] shape = Shapes.conv2d(x.shape(), weight.shape(), how);
    Value bias = Value.floats(shape[1]);
    float[] values = new float[(int) Shapes.size(shape)];
    float[] unbiased = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      long[] at = place(i, shape);
      unbiased[i] = window(x, weight, at, how);
      values[i] = unbiased[i] + bias.values()[(int) at[1]];
    }
    check((b, in) -> in.get(0).conv2d(in.get(1), in.get(2), how), values, shape, x, weight, bias);
    check((b, in) -> in.get(0).conv2d(in.get(1), null, how), unbiased, shape, x, weight);
  }

  private static float window(Value x, Value weight, long[] at, Convolution how) {
    double sum = 0;
    long first = at[1] / (weight.shape()[0] / how.groups()) * weight.shape()[1];
    for (int k = 0; k < Shapes.size(weight.shape()) / weight.shape()[0]; k++) {
      long[] tap = place(k, weight.shape());
      long row = at[2] * how.stride() - how.before() + tap[2];
      long column = at[3] * how.stride() - how.before() + tap[3];
      if (row >= 0 && row < x.shape()[2] && column >= 0 && column < x.shape()[3]) {
        sum += x.at(at[0], first + tap[1], row, column) * weight.at(at[1], tap[1], tap[2], tap[3]);
      }
    }
    return (float) sum;
  }

  private void check(Expression expression, float[] values, long[] shape, Value... inputs) {
    Value result = evaluate(expression, inputs);
    assertThat(result.shape()).containsExactly(shape);
    assertThat(result.values()).containsExactly(values, CLOSE);
  }

  private static long[] place(int index, long... shape) {
    long[] place = new long[shape.length];
    long rest = index;
    for (int i = shape.length - 1; i >= 0; i--) {
      place[i] = rest % shape[i];
      rest /= shape[i];
    }
    return place;
  }

  private static long[] insert(long[] place, int axis, long index) {
    long[] result = new long[place.length + 1];
    System.arraycopy(place, 0, result, 0, axis);
    result[axis] = index;
    System.arraycopy(place, axis, result, axis + 1, place.length - axis);
    return result;
  }

  /** Φ by Simpson's rule. */
  private static double normalDistribution(double x) {
    int steps = 2000;
    double width = x / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = i * width;
      sum += Math.exp(-t * t / 2) * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
    }
    return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
  }
}

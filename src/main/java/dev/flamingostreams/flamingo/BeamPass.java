package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a beam search stands, which is the state of its loop.
 *
 * @param token the last of each running text, {@code [B·W, 1]}
 * @param ended texts with penalised scores
 * @param full 1 for places of {@code ended} that are taken, {@code [B, W]}
 * @param improvable bool {@code [B, 1]}: whether an ended text may yet become better
 */
record BeamPass(Tensor token, Beams running, Beams ended, Tensor full, Tensor improvable) {
  private static final int SIZE = 9;

  static BeamPass of(List<Tensor> state) {
    List<Tensor> s = state.subList(state.size() - SIZE, state.size());
    return new BeamPass(
        s.get(0),
        new Beams(new Written(s.get(1), s.get(2)), s.get(3)),
        new Beams(new Written(s.get(4), s.get(5)), s.get(6)),
        s.get(7),
        s.get(8));
  }

  /** The cache, then this. */
  List<Tensor> state(List<Tensor> cache) {
    List<Tensor> state = new ArrayList<>(cache);
    state.add(token);
    for (Beams beams : List.of(running, ended)) {
      state.add(beams.written().tokens());
      state.add(beams.written().logProbabilities());
      state.add(beams.score());
    }
    state.add(full);
    state.add(improvable);
    return state;
  }
}

package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clips that a model cannot stand become dead letters; all others become captions. */
class ModelFaultsIT {
  private static final int RECORDS = 120;

  @RegisterExtension private final Lab lab = new Lab();

  private TopologyFile file;
  private List<Camera> cameras;
  private Feeder feeder;

  @BeforeEach
  void send() {
    lab.startBroker();
    file = lab.topology(Topologies.OVERLAPPING, 4);
    cameras = Camera.several(3, file);
    feeder = lab.closing(new Feeder(lab.servers(), "frames", cameras));
    feeder.send(RECORDS);
    feeder.finish();
  }

  @Test
  void clipsThatTheModelThrowsOnOrNeverAnswersAreDeadLettersWithTheirReasons() {
    TopologyFile impatient =
        lab.topology("impatient", Topologies.OVERLAPPING + "captions: {give-up-after: 2s}\n", 4);
    Forked app = lab.instance("app", impatient).startAndAwait("throws=0-199,hangs=200-249");
    awaitAll(app);
    assertThat(app.stop()).isZero();

    Seen clean = Verdict.clean(lab.servers(), file, feeder.due());
    assertThat(clean.dead("model")).isEqualTo(count(dice -> dice < 200)).isPositive();
    assertThat(clean.dead("timeout"))
        .isEqualTo(count(dice -> dice >= 200 && dice < 250))
        .isPositive();
  }

  @Test
  void anEngineThatHangsOnAClipIsOpenedAnew() {
    Forked app = lab.instance("app", file).startAndAwait(InstanceProcess.IN_ENGINE + "hangs=0-29");
    awaitAll(app);
    assertThat(app.count("session opened")).isGreaterThan(1);
    assertThat(app.stop()).isZero();

    Seen clean = Verdict.clean(lab.servers(), file, feeder.due());
    assertThat(clean.dead("timeout")).isEqualTo(count(dice -> dice < 30)).isPositive();
  }

  @Test
  void aClipThatEndsTheProcessIsADeadLetterOnTheThirdStart() {
    int deadly = diceOfOneClip();
    Instance app = lab.instance("app", file, "group.instance.id=app");
    for (int death = 0; death < 2; death++) {
      assertThat(app.start("takes=1,halts=" + deadly).awaitEnd()).isEqualTo(1);
    }
    Forked third = app.startAndAwait("takes=1,halts=" + deadly);
    awaitAll(third);
    assertThat(third.stop()).isZero();

    Seen clean = Verdict.clean(lab.servers(), file, feeder.due());
    assertThat(clean.dead("crash")).isEqualTo(count(dice -> dice == deadly)).isEqualTo(1);
    assertThat(clean.deadClips()).hasSize(1);
  }

  private void awaitAll(Forked app) {
    Seen seen = lab.closing(Seen.committed(lab.servers(), file));
    app.await("all is described", () -> seen.hasAll(feeder.due()));
  }

  private int diceOfOneClip() {
    return dice()
        .skip(20)
        .filter(one -> count(other -> other == one) == 1)
        .findFirst()
        .orElseThrow();
  }

  private long count(IntPredicate which) {
    return dice().filter(which).count();
  }

  private IntStream dice() {
    return cameras.stream()
        .flatMap(camera -> camera.due().stream().map(camera::input))
        .mapToInt(ScriptedModel::dice);
  }
}

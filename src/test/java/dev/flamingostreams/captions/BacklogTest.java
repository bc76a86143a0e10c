package dev.flamingostreams.captions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final TaskId ONE = new TaskId(0, 1);
  private static final TaskId OTHER = new TaskId(0, 2);

  private final List<String> said = new ArrayList<>();

  @Test
  void aTopologySaysOnceThatItLagsAndOnceThatItHasCaughtUp() {
    Backlog backlog = new Backlog("yard-captions", Lagging.DEFAULT, said::add);
    backlog.report(OTHER, load(2, 1, 300, false), 1_000);
    backlog.report(ONE, load(5, 2, 11_000, true), 2_000);
    backlog.report(OTHER, load(9, 2, 12_000, true), 3_000);
    backlog.report(ONE, load(0, 0, 0, false), 20_000);
    backlog.report(OTHER, load(1, 1, 100, false), 36_000);

    assertThat(said)
        .containsExactly(
            "yard-captions lags: 7 clips of 3 streams wait, the oldest for 11 s",
            "yard-captions has caught up after 34 s");
  }

  @Test
  void aTopologyThatThinsSaysHow() {
    Lagging lagging = new Lagging(Duration.ofSeconds(10), 8, 2, Duration.ofSeconds(1));
    new Backlog("yard-captions", lagging, said::add).report(ONE, load(5, 2, 11_000, true), 0);

    assertThat(said)
        .containsExactly(
            "yard-captions lags: 5 clips of 2 streams wait, the oldest for 11 s;"
                + " until it has caught up it describes one window of 2 by 8 of its frames");
  }

  @Test
  void theLagOfATaskThatLeavesGoesWithIt() {
    Backlog backlog = new Backlog("yard-captions", Lagging.DEFAULT, said::add);
    backlog.report(ONE, load(5, 2, 11_000, true), 0);
    backlog.leave(ONE);
    backlog.report(OTHER, load(0, 0, 0, false), 1_000);
    assertThat(said).hasSize(1);

    backlog.report(ONE, load(5, 2, 11_000, true), 2_000);
    assertThat(said).hasSize(2);
  }

  private static Backlog.Load load(int clips, int streams, long oldest, boolean lagging) {
    return new Backlog.Load(clips, streams, oldest, lagging);
  }
}

package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.dashboard.Update.Cursor;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {
  private final Board board = new Board(List.of("town"), 1 << 20, Clock.systemUTC());

  @Test
  void aNewPageGetsEverything() {
    caption("gate-1", 0);
    Update update = board.since(Cursor.NONE);

    assertThat(update.whole()).isTrue();
    assertThat(update.topologies()).containsExactly("town");
    assertThat(update.cameras()).extracting(CameraView::name).containsExactly("gate-1");
    assertThat(update.captions()).extracting(CaptionView::text).containsExactly("clip 0");
  }

  @Test
  void anOpenPageGetsWhatIsNew() {
    caption("gate-1", 0);
    caption("gate-2", 0);
    Cursor seen = board.since(Cursor.NONE).cursor();
    assertThat(board.since(seen).isEmpty()).isTrue();
    caption("gate-2", 1);
    Update update = board.since(seen);

    assertThat(update.whole()).isFalse();
    assertThat(update.cameras()).extracting(CameraView::name).containsExactly("gate-2");
    assertThat(update.captions()).extracting(CaptionView::text).containsExactly("clip 1");
  }

  @Test
  void aPageThatComesBackGoesOnByTheIdOfItsLastEvent() {
    caption("gate-1", 0);
    Cursor seen = Cursor.parse(board.since(Cursor.NONE).cursor().id());
    caption("gate-1", 1);
    Update update = board.since(seen);

    assertThat(update.whole()).isFalse();
    assertThat(update.captions()).extracting(CaptionView::text).containsExactly("clip 1");
    assertThat(update.cameras()).hasSize(1);
  }

  @Test
  void aPageOfAnotherProcessOrTooFarBehindBeginsAnew() {
    Cursor seen = board.since(Cursor.NONE).cursor();
    for (int i = 0; i <= Board.MOST_CAPTIONS; i++) {
      caption("gate-1", i);
    }

    assertThat(board.since(seen).whole()).isTrue();
    assertThat(board.since(seen).captions()).hasSize(Board.AT_ONCE);
    assertThat(board.since(Cursor.parse("other.5.5")).whole()).isTrue();
    assertThat(Cursor.parse("no.id.of")).isEqualTo(Cursor.NONE);
    assertThat(Cursor.parse("1")).isEqualTo(Cursor.NONE);
  }

  @Test
  void aLongBacklogComesInPiecesThatFollowEachOther() {
    caption("gate-1", 0);
    Cursor seen = board.since(Cursor.NONE).cursor();
    for (int i = 1; i <= Board.AT_ONCE + 1; i++) {
      caption("gate-1", i);
    }
    Update first = board.since(seen);
    Update second = board.since(first.cursor());

    assertThat(first.captions()).hasSize(Board.AT_ONCE);
    assertThat(second.captions())
        .extracting(CaptionView::text)
        .containsExactly("clip " + (Board.AT_ONCE + 1));
  }

  @Test
  void lagIsFromTheArrivalOfTheLastFrameToTheCaption() {
    Caption caption = Town.caption("gate-1", 0, "a car", 0);
    frames("gate-1", caption.frameMicros().get(7), 1_000);
    board.caption("town", caption, 3_500);

    CameraView camera = board.since(Cursor.NONE).cameras().get(0);
    assertThat(camera.lagSeconds()).containsExactly(2.5);
  }

  @Test
  void anAlertKeepsTheFramesOfItsClipWhetherTheyCameBeforeOrAfterIt() {
    Caption caption = Town.caption("gate-1", 0, "a car", 0);
    List<Long> times = caption.frameMicros();
    frames("gate-1", times.get(0), 0);
    board.alert("town", Town.alert(caption, "car", "info"), 0);
    frames("gate-1", times.get(7), 0);
    AlertView alert = board.since(Cursor.NONE).alerts().get(0);

    assertThat(alert.frameMicros())
        .containsExactly(times.get(0), times.get(2), times.get(5), times.get(7));
    assertThat(board.ofAlert(alert.id(), 0)).isNotNull();
    assertThat(board.ofAlert(alert.id(), 1)).isNull();
    assertThat(board.ofAlert(alert.id(), 3)).isNotNull();
    assertThat(board.ofAlert(alert.id(), 4)).isNull();
    assertThat(board.ofAlert(99, 0)).isNull();
  }

  @Test
  void moreCamerasThanThePageTakesAreHidden() {
    for (int i = 0; i <= Board.MOST_CAMERAS; i++) {
      frames("camera-" + i, 1, 0);
    }

    assertThat(board.since(Cursor.NONE).cameras()).hasSize(Board.MOST_CAMERAS);
    assertThat(board.since(Cursor.NONE).hidden()).isEqualTo(1);
  }

  @Test
  void longNamesOfCamerasAreCutAndYetToldApart() {
    frames("x".repeat(1_000) + "1", 1, 0);
    frames("x".repeat(1_000) + "2", 1, 0);

    assertThat(board.since(Cursor.NONE).cameras())
        .hasSize(2)
        .allMatch(camera -> camera.name().length() <= Board.MOST_NAME);
  }

  @Test
  void whatEndsIsMarked() {
    frames("gate-1", 1, 0);
    board.frames("gate-1", FrameBatch.end(), 0);

    assertThat(board.since(Cursor.NONE).cameras()).allMatch(CameraView::ended);
  }

  @Test
  void itAllBecomesJsonOfOneLine() {
    board.caption("town", Town.caption("\uD83D\"\n", 0, "<script>\u2028", 0), 0);
    String json = Json.of(board.since(Cursor.NONE));

    assertThat(json).doesNotContain("\n").contains("<script>", "?\\\"?");
    assertThat(LiveClient.event("update", "a.1.2", json).lines())
        .startsWith("id: a.1.2", "event: update")
        .hasSize(4);
  }

  private void caption(String stream, int number) {
    board.caption("town", Town.caption(stream, number, "clip " + number, 0), 0);
  }

  private void frames(String stream, long micros, long arrivedMillis) {
    board.frames(stream, FrameBatch.of(List.of(new Frame(micros, new byte[10]))), arrivedMillis);
  }
}

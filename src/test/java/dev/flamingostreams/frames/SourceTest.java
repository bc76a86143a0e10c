package dev.flamingostreams.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {

  @ParameterizedTest
  @CsvSource({
    "rtsp://admin:secret@10.0.0.7/s1, rtsp://10.0.0.7/s1",
    "rtsp://admin:sec@ret@10.0.0.7/s1, rtsp://10.0.0.7/s1",
    "rtsp://admin:sec/ret@10.0.0.7/s1, rtsp://…",
    "rtsp://admin:sec?ret@10.0.0.7/s1, rtsp://…",
    "http://cam/v.cgi?user=admin&password=secret, http://cam/v.cgi?…",
    "http://cam/v.cgi?user=a@b&password=secret, http://…",
    "http://admin:secret@cam/v.cgi?password=secret, http://cam/v.cgi?…",
    "rtsp:/admin:secret@10.0.0.7/s1, rtsp:/10.0.0.7/s1",
    "' rtsp://admin:secret@10.0.0.7/s1', ' rtsp://10.0.0.7/s1'",
    "rtsp://10.0.0.7/user=a_password=b_channel=1.sdp?real, rtsp://10.0.0.7/…?…",
    "rtmp://live.example/app/key, rtmp://live.example/…",
    "rtsp:admin:secret@cam/s1, …@cam/s1",
    "rtsp//admin:secret@cam/s1, …@cam/s1",
    "admin:secret@10.0.0.7/s1, …@10.0.0.7/s1",
    "rtsp_tcp://admin:secret@cam/s1, …@cam/s1",
    "async:rtsp://admin:secret@cam/s1, …@cam/s1",
    "'\u00a0rtsp://admin:secret@cam/s1', …@cam/s1",
    "udp://239.0.0.1:1234, udp://239.0.0.1:1234",
    "street.mp4, street.mp4",
    "films/me@home?.mp4, films/me@home?.mp4",
    "file:///films/me@home.mp4, file:///films/me@home.mp4"
  })
  void whatMayBeAPasswordIsNotShown(String source, String shown) {
    assertThat(Source.shown(source)).isEqualTo(shown);
  }

  @Test
  void anAddressThatIsTakenForAFileShowsNoneEither() {
    assertThatExceptionOfType(VideoException.class)
        .isThrownBy(() -> Source.of("rtsp:/admin:secret@10.0.0.7/s1"))
        .withMessage("video rtsp:/10.0.0.7/s1 does not exist; check the name");
  }

  @Test
  void aCameraThatCannotBeOpenedShowsNoneInItsCausesEither() {
    assertThatExceptionOfType(VideoException.class)
        .isThrownBy(() -> Video.open("rtsp://admin:secret@127.0.0.1:1/s1"))
        .satisfies(failure -> assertThat(failure).hasStackTraceContaining("rtsp://127.0.0.1:1/s1"))
        .satisfies(
            failure -> assertThat(Throwables.getStackTrace(failure)).doesNotContain("secret"));
  }
}

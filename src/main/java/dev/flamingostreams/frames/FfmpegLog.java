package dev.flamingostreams.frames;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_INFO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

/** What FFmpeg itself prints to standard error: nothing, unless somebody looks for a fault. */
public final class FfmpegLog {
  private static volatile boolean verbose;

  private FfmpegLog() {}

  /** For the whole process. */
  public static void verbose(boolean on) {
    verbose = on;
    apply();
  }

  static void apply() {
    av_log_set_level(verbose ? AV_LOG_INFO : AV_LOG_QUIET);
  }
}

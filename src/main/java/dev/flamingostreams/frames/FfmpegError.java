package dev.flamingostreams.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FFmpeg's error codes in words. */
final class FfmpegError {
  private static final Pattern CODE = Pattern.compile("error (-\\d{1,10})\\b");
  private static final int MAX_TEXT = 256;

  private FfmpegError() {}

  static String text(int code) {
    byte[] text = new byte[MAX_TEXT];
    av_strerror(code, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, UTF_8);
  }

  /** The words for the code that JavaCV puts into its messages. */
  static String text(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher code = CODE.matcher(message);
    return code.find() ? text((int) Long.parseLong(code.group(1))) : message;
  }
}

package dev.flamingostreams.frames;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a video comes from, checked before FFmpeg sees it: FFmpeg alone would open text files as
 * drawings, playlists that name other files, and any protocol.
 *
 * @param name as the user wrote it, without what may be a password
 * @param address for FFmpeg
 * @param remote whether it is a URL
 */
record Source(String name, String address, boolean remote) {
  private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*");
  private static final Pattern ADDRESS = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]+):/+");
  private static final List<String> SCHEMES =
      List.of("rtsp", "rtsps", "rtmp", "http", "https", "udp", "rtp", "tcp");
  private static final List<String> CAMERAS = List.of("rtsp", "rtsps", "rtmp", "udp", "rtp", "tcp");
  private static final String PROTOCOLS =
      "rtsp,rtsps,rtmp,rtp,srtp,udp,tcp,tls,http,https,httpproxy";
  private static final String CONTAINERS =
      "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,live_flv,asf,ogg,"
          + "h264,hevc,m4v,obu,av1,ivf,mjpeg,mpjpeg,gif,nut,mxf,dv,yuv4mpegpipe,wav,mp3,aac,flac";
  private static final String STREAMS = ",rtsp,rtp,hls,applehttp";

  static Source of(String source) throws VideoException {
    String scheme = scheme(source);
    if (isRemote(source)) {
      return remote(source, scheme);
    }
    return file(scheme.isEmpty() ? source : source.substring("file://".length()));
  }

  /** In lower case; empty if it is no URL. */
  private static String scheme(String source) {
    Matcher url = URL.matcher(source);
    return url.matches() ? url.group(1).toLowerCase(Locale.ROOT) : "";
  }

  /** An address without what may be secret: user, query, keys in the path. */
  static String shown(String source) {
    Matcher address = ADDRESS.matcher(source);
    if (!address.lookingAt()) {
      return withoutUser(source);
    }
    String scheme = address.group(1).toLowerCase(Locale.ROOT);
    return scheme.equals("file")
        ? source
        : address.group() + place(source.substring(address.end()), scheme.startsWith("rtmp"));
  }

  // A file's name, or an address with a slip of the pen.
  private static String withoutUser(String source) {
    int user = source.lastIndexOf('@');
    int colon = source.indexOf(':');
    return colon >= 0 && colon < user ? "…" + source.substring(user) : source;
  }

  private static String place(String place, boolean pathIsKey) {
    int user = place.lastIndexOf('@');
    if (user >= 0 && place.substring(0, user).matches(".*[/?#].*")) {
      return "…"; // which part is the password nobody can know
    }
    String host = place.substring(user + 1);
    int query = host.indexOf('?');
    String path = query < 0 ? host : host.substring(0, query);
    int slash = path.indexOf('/');
    boolean secret = pathIsKey || path.matches(".*[=&;].*");
    return (secret && slash >= 0 ? path.substring(0, slash) + "/…" : path)
        + (query < 0 ? "" : "?…");
  }

  /** Whether it is a URL that is no file's. */
  static boolean isRemote(String source) {
    String scheme = scheme(source);
    return !scheme.isEmpty() && !scheme.equals("file");
  }

  /** Whether it is a protocol of cameras: worth trying again. */
  static boolean isCamera(String source) {
    return CAMERAS.contains(scheme(source));
  }

  /** Options for opening it. */
  Map<String, String> options(Duration timeout) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("format_whitelist", remote ? CONTAINERS + STREAMS : CONTAINERS);
    options.put("protocol_whitelist", remote ? PROTOCOLS : "file");
    if (remote) {
      String micros = Long.toString(timeout.toNanos() / 1_000);
      options.put("rw_timeout", micros);
      if (!scheme(address).equals("rtmp")) { // which would listen for so long
        options.put("timeout", micros);
      }
      options.put("rtsp_transport", "tcp");
    }
    return options;
  }

  private static Source remote(String source, String scheme) throws VideoException {
    String name = shown(source);
    if (!SCHEMES.contains(scheme)) {
      throw new VideoException(
          "video %s: protocol '%s' is not one of %s".formatted(name, scheme, SCHEMES));
    }
    return new Source(name, source, true);
  }

  private static Source file(String source) throws VideoException {
    String name = shown(source); // it may be an address with a slip of the pen
    try {
      Path path = Path.of(source);
      check(path, name);
      return new Source(name, "file:" + path.toAbsolutePath(), false);
    } catch (InvalidPathException e) {
      throw new VideoException("video " + name + " is neither a file name nor a URL");
    } catch (IOException e) {
      throw e instanceof VideoException known
          ? known
          : new VideoException("video %s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static void check(Path path, String name) throws IOException {
    if (!Files.exists(path)) {
      throw new VideoException("video " + name + " does not exist; check the name");
    }
    if (!Files.isRegularFile(path)) {
      throw new VideoException("video " + name + " is not a file; name a video file");
    }
    if (!Files.isReadable(path)) {
      throw new VideoException("video " + name + " may not be read by this user");
    }
    if (Files.size(path) == 0) {
      throw new VideoException("video " + name + " is empty");
    }
  }
}

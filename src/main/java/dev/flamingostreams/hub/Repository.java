package dev.flamingostreams.hub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model repository of a hub at one revision.
 *
 * @param name {@code owner/name}
 * @param revision a branch, tag or commit
 */
public record Repository(String name, String revision) {
  public static final String MAIN = "main";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
  private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");

  public Repository {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw new IllegalArgumentException(
          "'%s' is not a repository's name: give it as owner/name".formatted(Names.shown(name)));
    }
    if (!REVISION.matcher(revision).matches() || revision.contains("..")) {
      throw new IllegalArgumentException(
          "'%s' is not a revision: give a branch, tag or commit".formatted(Names.shown(revision)));
    }
  }

  /** Where its files are listed, from the root of the hub. */
  String listing() {
    return "/api/models/%s/tree/%s?recursive=true".formatted(name, encoded(revision));
  }

  /** Where the content of a file is, from the root of the hub. */
  String content(String path) {
    String segments =
        Arrays.stream(path.split("/")).map(Repository::encoded).collect(Collectors.joining("/"));
    return "/%s/resolve/%s/%s".formatted(name, encoded(revision), segments);
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return revision.equals(MAIN) ? name : name + " at " + revision;
  }
}

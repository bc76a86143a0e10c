package dev.flamingostreams.plugin;

import dev.flamingostreams.alerts.AlertRule;
import dev.flamingostreams.alerts.Severity;
import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.Processor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of a topology file and their defaults. */
final class TopologyReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
  private static final Duration GAP = Duration.ofSeconds(10);

  private final Path file;
  private final Section root;

  private TopologyReader(Path file, Section root) {
    this.file = file;
    this.root = root;
  }

  static TopologyFile read(Path path) {
    Path file = YamlFile.locate(path);
    Problems problems = new Problems(file);
    Section root = Section.of(YamlFile.compose(file, problems), "", 1, problems);
    problems.throwIfAny();
    TopologyFile topology = new TopologyReader(file, root).topology();
    problems.throwIfAny();
    return topology;
  }

  private TopologyFile topology() {
    root.required("name", "give the topology one, such as 'name: scenes'");
    String name = root.read("name", "", text -> valid(NAME, text, "letters, digits, . _ -"));
    ClipRules clips = clips(root.section("clips"));
    TopologyFile topology =
        new TopologyFile(
            file,
            name,
            root.read(
                "application-id",
                "flamingo-" + name,
                text -> valid(NAME, text, "letters, digits, . _ -")),
            input(root.section("input")),
            clips,
            root.section("clips")
                .oneOf("store", "disk", List.of("disk", "memory"))
                .equals("memory"),
            root.text("model", "default"),
            engine(root),
            new TaskReader(file, root).read(),
            new LimitsReader(root.section("captions"), clips).read(),
            outputs(root.section("outputs")),
            rules(root.sections("alerts")));
    refuseLoops(topology);
    refuseTooLittleRoom(topology);
    root.refuseOthers();
    return topology;
  }

  private void refuseLoops(TopologyFile topology) {
    Set<String> topics = new HashSet<>();
    for (TopicPlan plan : TopicPlan.of(topology)) {
      if (!topics.add(plan.name())) {
        root.problem(
            "outputs",
            "topic '%s' is used twice; input and outputs must differ".formatted(plan.name()));
      }
    }
  }

  private void refuseTooLittleRoom(TopologyFile topology) {
    if (topology.clips().maxBuffered() < topology.input().maxBytes()) {
      root.section("clips")
          .problem(
              "max-buffered",
              "%d bytes are less than one record of input.max-bytes, %d, may have; raise it"
                  .formatted(topology.clips().maxBuffered(), topology.input().maxBytes()));
    }
  }

  private static EnginePlan engine(Section root) {
    String kind = root.oneOf("engine", "auto", List.of("auto", "onnxruntime", "tensorrt"));
    return new EnginePlan(
        EngineKind.valueOf(kind.toUpperCase(Locale.ROOT)),
        root.read("device", Processor.ANY, Processor::parse));
  }

  private static TopologyFile.Input input(Section section) {
    String topic = topic(section, "topic", "frames");
    StreamFilter streams = streams(section);
    int maxBytes = section.read("max-bytes", 1 << 20, Units::bytes);
    section.refuseOthers();
    return new TopologyFile.Input(topic, streams, maxBytes);
  }

  private static ClipRules clips(Section section) {
    Duration length = section.read("length", Duration.ofSeconds(4), Units::duration);
    Duration hop = section.read("hop", length, Units::duration);
    double rate = section.read("rate", 4.0, Units::rate);
    int minFrames = section.integer("min-frames", 8, 1, ClipRules.MOST_FRAMES);
    int maxFrames = section.integer("max-frames", ClipRules.MOST_FRAMES, 1, ClipRules.MOST_FRAMES);
    Duration grace = section.read("grace", Duration.ofMillis(500), Units::duration);
    Duration gap =
        section.read("session-gap", length.compareTo(GAP) > 0 ? length : GAP, Units::duration);
    ClipRules.Align align = section.oneOf("align", ClipRules.Align.ANCHOR);
    Duration flush = section.read("flush", Duration.ZERO, TopologyReader::flush);
    int maxBuffered = section.read("max-buffered", (int) ClipRules.MAX_BUFFERED, Units::bytes);
    section.text("store", "disk");
    section.refuseOthers();
    if (minFrames > maxFrames) {
      section.problem(
          "min-frames",
          "%d is more than max-frames %d; lower it or raise max-frames"
              .formatted(minFrames, maxFrames));
      minFrames = maxFrames;
    }
    try {
      return new ClipRules(
          length, hop, rate, minFrames, maxFrames, grace, gap, align, flush, maxBuffered);
    } catch (IllegalArgumentException e) {
      section.problem("", inKeys(String.valueOf(e.getMessage())));
      return ClipRules.of(Duration.ofSeconds(4), 4);
    }
  }

  private static TopologyFile.Outputs outputs(Section section) {
    TopologyFile.Outputs outputs =
        new TopologyFile.Outputs(
            topic(section, "captions", "captions"),
            topic(section, "alerts", "alerts"),
            topic(section, "dead-letters", "dead-letters"));
    section.refuseOthers();
    return outputs;
  }

  private static List<AlertRule> rules(List<Section> sections) {
    List<AlertRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : sections) {
      String name = section.required("name", "give every rule one");
      if (!name.isEmpty() && !names.add(name)) {
        section.problem("name", "two rules are named '%s'; rename one".formatted(name));
      }
      rule(section, name, rules);
      section.refuseOthers();
    }
    return rules;
  }

  private static void rule(Section section, String name, List<AlertRule> rules) {
    section.required("query", "write the words that a caption must have");
    String query = section.read("query", "", TopologyReader::query);
    Severity severity = section.oneOf("severity", Severity.WARNING);
    Duration cooldown = section.read("cooldown", Duration.ofSeconds(30), Units::duration);
    int consecutive = section.integer("for", 1, 1, 1_000);
    boolean unsure = section.flag("unsure", false);
    StreamFilter streams = streams(section);
    if (!name.isEmpty() && !query.isEmpty()) {
      try {
        rules.add(new AlertRule(name, query, severity, cooldown, consecutive, unsure, streams));
      } catch (IllegalArgumentException e) {
        section.problem("", String.valueOf(e.getMessage()));
      }
    }
  }

  private static StreamFilter streams(Section section) {
    try {
      return new StreamFilter(section.texts("streams", List.of("*")));
    } catch (IllegalArgumentException e) {
      section.problem("streams", String.valueOf(e.getMessage()));
      return StreamFilter.all();
    }
  }

  private static String topic(Section section, String key, String absent) {
    return section.read(
        key, absent, text -> valid(TOPIC, text, "the letters, digits, . _ - of a topic"));
  }

  private static Duration flush(String text) {
    return text.equals("never") ? Duration.ZERO : positive(text);
  }

  static Duration positive(String text) {
    Duration duration = Units.duration(text);
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException("'%s' must be at least 1ms".formatted(text));
    }
    return duration;
  }

  private static String query(String text) {
    AlertRule.checkQuery(text);
    return text;
  }

  private static String valid(Pattern pattern, String text, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' must be made of %s only, and not be too long".formatted(text, expected));
    }
    return text;
  }

  // Clip rules are Java; a reader of the file knows the keys.
  private static String inKeys(String message) {
    return message
        .replace("minFrames", "min-frames")
        .replace("maxFrames", "max-frames")
        .replace("sessionGap", "session-gap");
  }
}

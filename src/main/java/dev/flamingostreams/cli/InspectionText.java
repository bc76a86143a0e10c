package dev.flamingostreams.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.engine.CpuMemory;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** An inspection as lines of 80 columns: a label, then what there is to say, wrapped. */
final class InspectionText {
  private static final int MAX_LISTED = 20;

  private final Inspection inspection;
  private final List<String> lines = new ArrayList<>();

  private InspectionText(Inspection inspection) {
    this.inspection = inspection;
  }

  static List<String> of(Inspection inspection) {
    InspectionText text = new InspectionText(inspection);
    text.add("model", inspection.id());
    text.add("directory", inspection.directory());
    text.config();
    text.add("frame", inspection.frame());
    text.add("clips", inspection.clips());
    text.weights();
    text.memory();
    text.wholeness();
    inspection.tensors().forEach(text::tensor);
    return text.lines;
  }

  /** A line for each part of the config, whatever its architecture. */
  private void config() {
    for (Map.Entry<String, JsonNode> entry : inspection.config().properties()) {
      if (entry.getValue() instanceof ObjectNode part) {
        add(
            words(entry.getKey(), "-"),
            String.join(", ", values(part))
                .replace(' ', Sheet.GLUE)
                .replace("," + Sheet.GLUE, ", "));
      }
    }
    add("unsure", unsure(inspection.config()));
  }

  private static String unsure(JsonNode config) {
    double mark = config.path("unsureBelow").asDouble();
    boolean calibrated = mark > FlamingoConfig.NEVER_UNSURE;
    String below = calibrated ? "below a mean log-probability of " + mark : "not calibrated";
    String texts =
        StreamSupport.stream(config.path("unknownTexts").spliterator(), false)
            .map(text -> "'%s'".formatted(text.asText()))
            .collect(Collectors.joining(" or "));
    if (texts.isEmpty()) {
      return calibrated ? below : "never: " + below;
    }
    return calibrated ? below + ", or saying " + texts : "saying " + texts + "; else " + below;
  }

  private static List<String> values(ObjectNode part) {
    List<String> values = new ArrayList<>();
    if (part.has("kind")) {
      values.add(part.path("kind").asText());
    }
    for (Map.Entry<String, JsonNode> entry : part.properties()) {
      if (entry.getValue() instanceof ObjectNode inner) {
        values.addAll(values(inner));
      } else if (!entry.getKey().equals("kind")) {
        values.add(value(words(entry.getKey(), " "), entry.getValue()));
      }
    }
    return values;
  }

  private static String value(String name, JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean() ? name : "no " + name;
    } else if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(" ", name + " ", ""));
    }
    return name + " " + value.asText();
  }

  /** {@code timeEmbeddings} as people write it. */
  private static String words(String key, String between) {
    return key.replaceAll("(?<=[a-z])(?=[A-Z])", between).toLowerCase(Locale.ROOT);
  }

  private void weights() {
    List<Inspection.Part> parts = inspection.parts();
    add(
        "weights",
        "%,d in %,d tensors, %s"
            .formatted(
                parts.stream().mapToLong(Inspection.Part::weights).sum(),
                parts.stream().mapToLong(Inspection.Part::tensors).sum(),
                Sheet.size(parts.stream().mapToLong(Inspection.Part::bytes).sum())));
    for (Inspection.Part part : parts) {
      lines.add(
          "  %-16s%,14d  %-4s %9s"
              .formatted(part.part(), part.weights(), part.type(), Sheet.size(part.bytes())));
    }
  }

  private void memory() {
    CpuMemory memory = inspection.cpuMemory();
    add(
        "memory",
        String.format(
            Locale.ROOT,
            "about %s for weights on the CPU, %s times their size as 32-bit floats%s",
            Sheet.size(memory.bytes()),
            memory.factor(),
            memory.mapped() ? ", mapped from the file" : ""));
  }

  private void wholeness() {
    List<String> faults = inspection.faults();
    add("whole", faults.isEmpty() ? "yes" : "no: " + count(faults, "fault"));
    list(faults);
    List<String> surplus = inspection.surplus();
    if (!surplus.isEmpty()) {
      String are = surplus.size() == 1 ? "is" : "are";
      add("surplus", "%s that %s not asked for".formatted(count(surplus, "tensor"), are));
      list(surplus);
    }
  }

  private static String count(List<String> items, String what) {
    return "%d %s%s".formatted(items.size(), what, items.size() == 1 ? "" : "s");
  }

  private void list(List<String> items) {
    items.stream().limit(MAX_LISTED).forEach(item -> lines.addAll(Sheet.wrapped("  ", item)));
    if (items.size() > MAX_LISTED) {
      lines.add("  and %d more; --json has all".formatted(items.size() - MAX_LISTED));
    }
  }

  private void tensor(Inspection.Entry tensor) {
    lines.add("%s  %s %s".formatted(Printable.of(tensor.name()), tensor.type(), tensor.shape()));
  }

  private void add(String label, String text) {
    lines.addAll(Sheet.lines(label, text));
  }
}

package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.DecodingOptions;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.Prompt;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.FrameTiming;
import dev.flamingostreams.training.Exchange;
import dev.flamingostreams.training.Questions;
import dev.flamingostreams.training.scenes.Scene;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks a question of each form about a scene; what is answered yes or no by likelihood too. */
final class Questioning implements Examination {
  private static final String PROMPT = "<image>Question:%s Short answer:";
  private static final List<String> YES_OR_NO = List.of("yes", "no");
  private static final List<String> APART = List.of("yes", "no", "none", "unknown");

  private final int frames;
  private final Map<String, Score> byForm = new TreeMap<>();
  private final Map<String, Score> byLikelihood = new TreeMap<>();

  Questioning(EvaluationPlan plan) {
    frames = plan.fewCounts().get(0);
  }

  private static final class Score {
    private int asked;
    private int right;
    private int failed;
    private int unreadable;

    void count(String answer, boolean readable, @Nullable Description said) {
      asked++;
      right += said != null && said.text().equals(answer) ? 1 : 0;
      failed += said == null ? 1 : 0;
      unreadable += readable ? 0 : 1;
    }

    Score plus(Score other) {
      Score sum = new Score();
      sum.asked = asked + other.asked;
      sum.right = right + other.right;
      sum.failed = failed + other.failed;
      sum.unreadable = unreadable + other.unreadable;
      return sum;
    }

    void write(ObjectNode into) {
      into.put("asked", asked).put("failed", failed).put("unreadable", unreadable);
      Shares.put(into, "right", right, asked);
    }
  }

  @Override
  public void examine(Exhibit exhibit, Interview interview) {
    @Nullable Scene scene = exhibit.subject().scene();
    if (scene == null || !Measure.QUESTIONS.groups().contains(exhibit.subject().group())) {
      return;
    }
    ClipInput clip = exhibit.clip(Cut.EVEN, frames);
    for (Exchange exchange : Questions.about(scene)) {
      ask(exchange, clip, interview);
    }
  }

  private void ask(Exchange exchange, ClipInput clip, Interview interview) {
    Prompt prompt = new Prompt(PROMPT.formatted(exchange.question()), List.of());
    boolean readable =
        interview.canRead(PROMPT.formatted(exchange.question()) + " " + exchange.answer());
    String form = form(exchange);
    interview.ask(
        new Task.Describe(prompt, DecodingOptions.NONE),
        FrameTiming.CLOCK,
        clip,
        said -> score(byForm, form).count(exchange.answer(), readable, said));
    if (YES_OR_NO.contains(exchange.answer())) {
      interview.ask(
          new Task.Classify(prompt, YES_OR_NO),
          FrameTiming.CLOCK,
          clip,
          said -> score(byLikelihood, form).count(exchange.answer(), readable, said));
    }
  }

  /** Such as {@code colour}, or {@code colour: none} of an object that is not there. */
  private static String form(Exchange exchange) {
    String form = exchange.form().name().toLowerCase(Locale.ROOT);
    return APART.contains(exchange.answer()) ? form + ": " + exchange.answer() : form;
  }

  private static Score score(Map<String, Score> scores, String form) {
    return scores.computeIfAbsent(form, key -> new Score());
  }

  void write(ObjectNode into) {
    into.put("frames", frames);
    write(byForm, into);
    write(byLikelihood, into.putObject("byLikelihood"));
  }

  private static void write(Map<String, Score> scores, ObjectNode into) {
    scores.values().stream().reduce(new Score(), Score::plus).write(into);
    ObjectNode forms = into.putObject("byForm");
    scores.forEach((form, score) -> score.write(forms.putObject(form)));
  }
}

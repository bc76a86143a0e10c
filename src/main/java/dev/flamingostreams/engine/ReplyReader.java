package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What graphs gave for one task to descriptions. */
final class ReplyReader {
  private final Tokenizer tokenizer;
  private final double unsureBelow;
  private final List<String> unknownTexts;
  private final Task task;
  private final PreparedTask prepared;

  ReplyReader(Tokenizer tokenizer, FlamingoConfig config, Task task, PreparedTask prepared) {
    this.tokenizer = tokenizer;
    this.unsureBelow = config.unsureBelow();
    this.unknownTexts = config.unknownTexts();
    this.task = task;
    this.prepared = prepared;
  }

  Description read(ClipJob.Outcome outcome) {
    Signature signature = outcome.signature();
    if (signature != null && outcome.unchanged()) {
      return Description.unchanged(
          signature, outcome.queueNanos() / 1000, outcome.visionNanos() / 1000);
    }
    return answered(outcome).with(signature);
  }

  private Description answered(ClipJob.Outcome outcome) {
    Reply reply = outcome.reply();
    return task instanceof Task.Classify classify && prepared instanceof Choice choice
        ? chosen(classify, choice, reply.scores(), outcome)
        : said(reply.answers(), outcome);
  }

  private Description said(List<Answer> answers, ClipJob.Outcome outcome) {
    double sum = answers.stream().mapToDouble(Answer::logProbability).sum();
    int counted = answers.stream().mapToInt(answer -> answer.logProbabilities().length).sum();
    List<String> texts = answers.stream().map(answer -> tokenizer.decode(answer.tokens())).toList();
    String text =
        texts.stream()
            .filter(said -> !said.isEmpty())
            .collect(Collectors.joining(Description.BETWEEN_ANSWERS));
    double mean = sum / counted;
    return description(
        text, mean, counted, isUnsure(mean, texts), List.of(), turns(texts), outcome);
  }

  private List<Description.Turn> turns(List<String> answers) {
    List<Description.Turn> turns = new ArrayList<>();
    if (task instanceof Task.Dialogue dialogue) {
      for (int i = 0; i < answers.size(); i++) {
        turns.add(new Description.Turn(dialogue.turns().get(i).question(), answers.get(i)));
      }
    }
    return turns;
  }

  private Description chosen(
      Task.Classify classify, Choice choice, float[] scores, ClipJob.Outcome outcome) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    double total = 0;
    for (float score : scores) {
      total += Math.exp(score - scores[best]);
    }
    List<Description.Label> labels = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      double probability = Math.exp(scores[i] - scores[best]) / total;
      labels.add(new Description.Label(classify.labels().get(i).strip(), scores[i], probability));
    }
    labels.sort(Comparator.comparingDouble(Description.Label::probability).reversed());
    int tokens = choice.labels().get(best).length;
    double mean = scores[best] / tokens;
    String text = classify.labels().get(best).strip();
    return description(
        text, mean, tokens, isUnsure(mean, List.of(text)), labels, List.of(), outcome);
  }

  /** One answer of what is not known makes all that was said unsure. */
  private boolean isUnsure(double mean, List<String> texts) {
    return mean < unsureBelow || texts.stream().anyMatch(unknownTexts::contains);
  }

  private Description description(
      String text,
      double mean,
      int tokens,
      boolean unsure,
      List<Description.Label> labels,
      List<Description.Turn> turns,
      ClipJob.Outcome outcome) {
    return new Description(
        text,
        mean,
        tokens,
        unsure,
        labels,
        turns,
        outcome.queueNanos() / 1000,
        outcome.visionNanos() / 1000,
        outcome.decodeNanos() / 1000);
  }
}

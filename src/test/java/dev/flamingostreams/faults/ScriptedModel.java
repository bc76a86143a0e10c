package dev.flamingostreams.faults;

import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * A model that does what the script says, such as {@code takes=1000,throws=0-99,halts=100}: a time
 * in milliseconds for each clip, one after the other, and what happens on the clips whose {@link
 * #dice} lie in a range. What it says is a pure function of the clip.
 */
final class ScriptedModel implements Describer {
  /** Sides of {@link #dice}. */
  static final int SIDES = 1_000;

  private static final List<String> COLOURS = List.of("red", "green", "blue", "white");

  private final Map<String, String> script = new HashMap<>();
  private final ExecutorService one =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "scripted-model");
            thread.setDaemon(true);
            return thread;
          });

  ScriptedModel(String script) {
    Arrays.stream(script.split(",", -1))
        .map(entry -> entry.split("=", -1))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> this.script.put(pair[0], pair[1]));
  }

  /** A number that a clip is given by its pictures and times, less than {@link #SIDES}. */
  static int dice(ClipInput clip) {
    CRC32 crc = new CRC32();
    clip.images().forEach(crc::update);
    for (long time : clip.captureMicros()) {
      crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, time));
    }
    return (int) (crc.getValue() % SIDES);
  }

  static String text(ClipInput clip) {
    return "a %s car in %d frames, %d"
        .formatted(COLOURS.get(dice(clip) % COLOURS.size()), clip.images().size(), dice(clip));
  }

  @Override
  public ModelInfo model() {
    return new ModelInfo("scripted", "weights", "prompt", "none");
  }

  @Override
  public CompletableFuture<Description> describe(ClipInput clip) {
    CompletableFuture<Description> answer = new CompletableFuture<>();
    if (script.containsKey("takes")) {
      one.execute(
          () -> {
            if (!answer.isDone()) {
              takeTime();
              answer(clip, answer);
            }
          });
    } else {
      answer(clip, answer);
    }
    return answer;
  }

  @Override
  public void close() {
    one.shutdownNow();
  }

  private void takeTime() {
    try {
      var unused =
          new CountDownLatch(1)
              .await(Long.parseLong(script.getOrDefault("takes", "0")), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(ClipInput clip, CompletableFuture<Description> answer) {
    int dice = dice(clip);
    if (falls("halts", dice)) {
      System.out.println("halts on clip at " + clip.captureMicros()[0]);
      Runtime.getRuntime().halt(1);
    }
    if (falls("throws", dice)) {
      answer.completeExceptionally(
          new ClipException(ClipException.Reason.MODEL, "it cannot describe " + dice));
    } else if (!falls("hangs", dice)) {
      answer.complete(new Description(text(clip), -0.1, 6, false, 0, 0, 0));
    }
  }

  private boolean falls(String what, int dice) {
    String[] range = script.getOrDefault(what, "").split("-", -1);
    return !range[0].isEmpty()
        && dice >= Integer.parseInt(range[0])
        && dice <= Integer.parseInt(range[range.length - 1]);
  }
}

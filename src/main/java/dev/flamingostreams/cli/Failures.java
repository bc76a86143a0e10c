package dev.flamingostreams.cli;

import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.frames.BrokerException;
import dev.flamingostreams.plugin.ClusterException;
import dev.flamingostreams.plugin.TopologyException;
import dev.flamingostreams.training.TrainingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import picocli.CommandLine;

/** The one place that turns an exception into a line on the terminal and an exit code. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  /**
   * What a missing class is named by; of one that could not be initialized there is more to say.
   */
  private static final Pattern CLASS = Pattern.compile("[\\w$/.]+");

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
    Throwable failure = unwrapped(thrown);
    lines(failure).forEach(line -> command.getErr().println("flamingo: " + line));
    if (Main.verbose(parsed.originalArgs())) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return exitCode(failure);
  }

  /** A line for each problem of those that list them, else one. */
  private static Stream<String> lines(Throwable failure) {
    return failure instanceof TopologyException || failure instanceof ClusterException
        ? described(failure).lines().map(Printable::of)
        : Stream.of(line(failure));
  }

  /** One line, whatever the exception. */
  static String line(Throwable failure) {
    return Printable.of(described(failure).strip().replaceAll("\\s*\\R\\s*", "; "));
  }

  private static String described(Throwable failure) {
    String message = failure.getMessage();
    if (message == null) {
      return "unexpected " + failure;
    } else if (failure instanceof NoClassDefFoundError && CLASS.matcher(message).matches()) {
      return "this distribution lacks %s; images have no broker and no training".formatted(message);
    } else if (failure instanceof NoSuchFileException) {
      return "there is no file " + message;
    } else if (failure instanceof FileNotFoundException) {
      return "cannot open " + message;
    } else if (failure instanceof AccessDeniedException) {
      return "no permission for " + message;
    } else if (failure instanceof FileAlreadyExistsException) {
      return message + " exists already";
    } else if (failure instanceof RetriableException) {
      return "the broker did not answer in time: " + message;
    }
    return expected(failure) ? message : "unexpected " + failure;
  }

  static int exitCode(Throwable failure) {
    if (failure instanceof CommandException command) {
      return command.exitCode();
    }
    if (failure instanceof KafkaException
        || failure instanceof ClusterException
        || failure instanceof BrokerException) {
      return ExitCode.KAFKA;
    }
    return expected(failure) ? ExitCode.BAD_INPUT : ExitCode.FAILED;
  }

  private static boolean expected(Throwable failure) {
    return failure.getMessage() != null
        && (failure instanceof CommandException
            || failure instanceof IOException
            || failure instanceof ModelException
            || failure instanceof ClipException
            || failure instanceof GpuException
            || failure instanceof ClusterException
            || failure instanceof TopologyException
            || failure instanceof TrainingException
            || failure instanceof KafkaException
            || failure instanceof IllegalArgumentException);
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable failure = thrown;
    while ((failure instanceof ExecutionException
            || failure instanceof CompletionException
            || failure instanceof UncheckedIOException)
        && failure.getCause() != null) {
      failure = failure.getCause();
    }
    return failure;
  }
}

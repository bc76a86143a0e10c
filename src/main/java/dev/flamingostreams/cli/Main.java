package dev.flamingostreams.cli;

import dev.flamingostreams.engine.Engine;
import java.io.PrintWriter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code flamingo}. */
@Command(
    name = "flamingo",
    description = "Describes live video inside Apache Kafka Streams.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Main.Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:an unexpected failure; --verbose shows where",
      "2:the command line is wrong",
      "3:an input is wrong: a video, a topology file, a model",
      "4:the Kafka cluster cannot be reached or refuses",
      "5:records were lost or failed"
    })
public final class Main {
  private static final String VERBOSE = "--verbose";

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Show log lines and, after a failure, its stack trace.")
  boolean verbose;

  public static void main(String[] args) {
    logAtMost(level(List.of(args)));
    int code = execute(args);
    Engine.endIfStuck(code);
    System.exit(code);
  }

  private static int execute(String[] args) {
    try {
      return commandLine().execute(args);
    } catch (Error e) { // memory that is full, a native library that is missing
      System.err.println("flamingo: " + Failures.line(e));
      if (verbose(List.of(args))) {
        e.printStackTrace();
      }
      return ExitCode.FAILED;
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .addSubcommand(new DemoCommand())
        .addSubcommand(new DescribeCommand())
        .addSubcommand(new IngestCommand())
        .addSubcommand(new RunCommand())
        .addSubcommand(new TopicsCommand())
        .addSubcommand(new AuditCommand())
        .addSubcommand(new TrainCommand())
        .addSubcommand(new ModelCommand())
        .addSubcommand(new DoctorCommand())
        .addSubcommand(new StreamBenchCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(Main::usage);
  }

  /** Asked before the command line is parsed: loggers read their level once. */
  static boolean verbose(List<String> args) {
    return args.contains(VERBOSE);
  }

  private static int usage(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("flamingo: " + e.getMessage());
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  /** A service tells what worries it; a command that somebody waits for tells its result. */
  private static String level(List<String> args) {
    if (verbose(args)) {
      return "info";
    }
    return args.contains("run") ? "warn" : "off";
  }

  private static void logAtMost(String level) {
    setIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", level);
    setIfAbsent("org.slf4j.simpleLogger.showDateTime", "true");
    setIfAbsent("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    setIfAbsent("org.slf4j.simpleLogger.showThreadName", "false");
    setIfAbsent("org.slf4j.simpleLogger.showShortLogName", "true");
    // DJL warns of every GPU library that is not there.
    setIfAbsent("org.slf4j.simpleLogger.log.ai.djl", level.equals("warn") ? "error" : level);
    // JavaCPP, that each library of another of its versions than its own loads.
    setIfAbsent("org.bytedeco.javacpp.logger", "slf4j");
    setIfAbsent("org.slf4j.simpleLogger.log.org.bytedeco", level.equals("warn") ? "error" : level);
    if (!level.equals("info")) {
      LogManager.getLogManager().getLogger("").setLevel(Level.OFF); // Lucene's own
    }
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** From the manifest of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"flamingo " + (version == null ? "(not packaged)" : version)};
    }
  }
}

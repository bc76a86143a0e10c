package dev.flamingostreams.cli;

import dev.flamingostreams.engine.Engine;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
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
      "5:records were lost or failed",
      "130:interrupted"
    })
public final class Main {
  private static final String VERBOSE = "--verbose";

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Show log lines and, after a failure, its stack trace.")
  boolean verbose;

  @Option(
      names = LogFormat.OPTION,
      scope = ScopeType.INHERIT,
      paramLabel = "text|json",
      description = "Of log lines on standard error (text).")
  LogFormat logFormat = LogFormat.TEXT;

  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // what programs read has its digits
    Logs.start(level(List.of(args)), LogFormat.in(List.of(args)));
    int code = written(execute(args), System.out, System.err);
    RestartDelay.await(code, List.of(args));
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

  /** A result that nobody received, the disk being full for instance, is none. */
  static int written(int code, PrintStream out, PrintStream err) {
    if (code != ExitCode.OK || !out.checkError()) {
      return code;
    }
    err.println(
        "flamingo: standard output could not be written: its disk is full, or nobody reads it");
    return ExitCode.FAILED;
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .addSubcommand(new DemoCommand())
        .addSubcommand(new DescribeCommand())
        .addSubcommand(new FilmCommand())
        .addSubcommand(new IngestCommand())
        .addSubcommand(new RunCommand())
        .addSubcommand(new TopicsCommand())
        .addSubcommand(new AuditCommand())
        .addSubcommand(new DashboardCommand())
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
  private static Level level(List<String> args) {
    if (verbose(args)) {
      return Level.INFO;
    }
    return args.contains("run") || args.contains("dashboard") ? Level.WARNING : Level.OFF;
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

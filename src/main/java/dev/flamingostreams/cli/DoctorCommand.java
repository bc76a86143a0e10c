package dev.flamingostreams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what this machine can run a model with. */
@Command(
    name = "doctor",
    description =
        "Looks at the machine, its GPUs and their libraries, and lets each engine describe a"
            + " rendered clip. Says how to get what is missing. Ends with 1 if no engine works."
            + " src/docs/gpu.md explains the lines.")
final class DoctorCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Option(
      names = "--model",
      defaultValue = Home.DEFAULT_MODEL,
      description = "That the engines are tried with: a directory, or a name in models (default).")
  private String model;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    String flamingo = new Main.Version().getVersion()[0];
    say(Sheet.lines("flamingo", flamingo.replace("flamingo ", "")));
    Machine machine = Machine.look();
    say(CheckupText.machine(machine));
    Checkup.Gpu gpu = Checkup.Gpu.look();
    say(CheckupText.gpu(gpu));
    List<Checkup.Libraries> libraries = Checkup.Libraries.look();
    say(CheckupText.libraries(libraries));
    List<SelfTest.Result> engines = engines();
    if (json) {
      PrintWriter out = spec.commandLine().getOut();
      Checkup checkup = new Checkup(flamingo, machine, gpu, libraries, engines);
      out.println(JSON.writeValueAsString(checkup));
      out.flush();
    }
    boolean works = engines.stream().anyMatch(SelfTest.Result::works);
    return works ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<SelfTest.Result> engines() throws InterruptedException {
    List<SelfTest.Result> results = new ArrayList<>();
    for (SelfTest test : SelfTest.all()) {
      SelfTest.Result result = test.run(model, this::note);
      say(CheckupText.engine(result));
      results.add(result);
    }
    return results;
  }

  /** What is known already is shown at once: an engine may take long, or the process with it. */
  private void say(List<String> lines) {
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      lines.forEach(out::println);
      out.flush();
    }
  }

  private void note(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(Printable.of(line));
    err.flush();
  }
}

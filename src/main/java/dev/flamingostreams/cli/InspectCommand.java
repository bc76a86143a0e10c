package dev.flamingostreams.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a model is, and whether it is whole. */
@Command(
    name = "inspect",
    description =
        "Prints a model's architecture, weights, hash and memory need, and checks that every weight"
            + " which the architecture asks for is there. Ends with 3 if it is not.")
final class InspectCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      defaultValue = Home.DEFAULT_MODEL,
      description = "Directory, or a name in models (default).")
  private String model;

  @Option(names = "--tensors", description = "List every tensor with its type and shape.")
  private boolean tensors;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ModelDirectory directory = ModelDirectory.open(Home.model(model));
    Inspection inspection = Inspection.of(directory, tensors);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode line = JSON.valueToTree(inspection);
      out.println(JSON.writeValueAsString(line.put("weightsHash", directory.weightsHash())));
    } else {
      InspectionText.of(inspection).forEach(out::println);
      out.flush(); // the hash of a large model takes a while
      out.println("sha256          " + directory.weightsHash());
    }
    out.flush();
    return inspection.faults().isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT;
  }
}

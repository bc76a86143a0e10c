package dev.flamingostreams.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private static final Repository REPOSITORY = new Repository("owner/name", "main");

  @ParameterizedTest
  @CsvSource({
    "open_clip_config.json config.json model.safetensors open_clip_pytorch_model.bin,"
        + " open_clip_config.json config.json open_clip_pytorch_model.bin",
    "open_clip_config.json open_clip_model.safetensors open_clip_pytorch_model.bin,"
        + " open_clip_config.json open_clip_model.safetensors",
    "open_clip_config.json pytorch_model.bin, open_clip_config.json pytorch_model.bin",
    "config.json model.safetensors open_clip_model.safetensors, config.json model.safetensors"
  })
  void weightsBelongToTheConfigThatIsRead(String listed, String selected) throws HubException {
    assertThat(selected(listed)).containsExactly(selected.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "any.safetensors config.json, any.safetensors config.json",
    "any.pth any.safetensors, any.safetensors",
    "a.safetensors b.safetensors any.pt, any.pt",
    "adapter.safetensors pytorch_model.bin, pytorch_model.bin",
    "checkpoint.pt other.pt, checkpoint.pt"
  })
  void anotherNameIsTakenWhereOneFileHasIt(String listed, String selected) throws HubException {
    assertThat(selected(listed)).containsExactly(selected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.safetensors b.safetensors", "a.pt b.pth", "config.json"})
  void weightsThatAreNotToldApartAreRefused(String listed) {
    assertThatThrownBy(() -> selected(listed))
        .isInstanceOf(HubException.class)
        .hasMessageStartingWith("owner/name holds no weights that can be imported: model.safe");
  }

  private static List<String> selected(String listed) throws HubException {
    Checksum checksum = new Checksum(Checksum.Kind.SHA256, "ab".repeat(32));
    List<HubFile> files =
        Stream.of(listed.split(" ")).map(path -> new HubFile(path, 1, checksum)).toList();
    return Selection.of(REPOSITORY, files).stream().map(HubFile::path).toList();
  }
}

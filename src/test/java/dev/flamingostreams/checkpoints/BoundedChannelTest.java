package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedChannelTest {
  @TempDir Path directory;

  @Test
  void noMoreIsReadThanTheBoundWhereverItIs() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[100]);
    try (FileChannel channel = FileChannel.open(file)) {
      BoundedChannel bounded = new BoundedChannel(channel, 50);
      assertThat(bounded.read(ByteBuffer.allocate(30))).isEqualTo(30);
      assertThat(bounded.position(80).read(ByteBuffer.allocate(30))).isEqualTo(20);
      assertThat(bounded.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      bounded.position(0);
      assertThatThrownBy(() -> bounded.read(ByteBuffer.allocate(1)))
          .hasMessage("the directory of the zip archive is too large");
      bounded.close();
      assertThat(channel.isOpen()).isTrue();
    }
  }
}

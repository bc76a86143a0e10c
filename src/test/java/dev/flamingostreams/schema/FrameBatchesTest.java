package dev.flamingostreams.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameBatchesTest {
  private static final FrameBatch TWO =
      FrameBatch.of(
          List.of(
              new Frame(125_000, new byte[] {(byte) 0xff, (byte) 0xd8, 1}),
              new Frame(-1, new byte[] {2})));

  @Test
  void whatIsWrittenIsRead() throws MalformedRecordException {
    FrameBatch read = FrameBatches.read(FrameBatches.write(TWO), 0);
    assertThat(read.marker()).isEqualTo(FrameBatch.Marker.NONE);
    assertThat(read.frames()).hasSize(2);
    assertThat(read.frames().get(0).captureMicros()).isEqualTo(125_000);
    assertThat(read.frames().get(0).image()).containsExactly(0xff, 0xd8, 1);
    assertThat(read.frames().get(1).captureMicros()).isEqualTo(-1);
    assertThat(FrameBatches.read(FrameBatches.write(FrameBatch.end()), 0))
        .isEqualTo(FrameBatch.end());
    assertThat(FrameBatches.read(FrameBatches.write(FrameBatch.idleUntil(7_000_000_000L)), 0))
        .isEqualTo(FrameBatch.idleUntil(7_000_000_000L));
  }

  @Test
  void theBytesStayAsTheyAre() {
    assertThat(HexFormat.of().formatHex(FrameBatches.write(TWO)))
        .isEqualTo(
            "bf6776657273696f6e01666672616d657382"
                + "a2666d6963726f731a0001e84865696d61676543ffd801"
                + "a2666d6963726f732065696d6167654102ff");
    assertThat(HexFormat.of().formatHex(FrameBatches.write(FrameBatch.idleUntil(5))))
        .isEqualTo("bf6776657273696f6e01666d61726b65726469646c6565756e74696c05ff");
  }

  @Test
  void aBareImageIsOneFrameAtItsTimestamp() throws MalformedRecordException {
    byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0};
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0};
    for (byte[] image : List.of(jpeg, png)) {
      FrameBatch batch = FrameBatches.read(image, 1_700_000_000_123L);
      assertThat(batch.frames()).hasSize(1);
      assertThat(batch.frames().get(0).captureMicros()).isEqualTo(1_700_000_000_123_000L);
      assertThat(batch.frames().get(0).image()).isSameAs(image);
    }
  }

  @Test
  void whatIsNoBatchIsRefusedWithTheReason() {
    refused(null, "the record has no value");
    refused("", "the record has no value");
    refused("deadbeef", "neither a frame batch in CBOR nor a JPEG or PNG");
    refused("bf6776657273696f6e02666d61726b657263656e64ff", "version 2, this program reads");
    refused("bf666d61726b657263656e64ff", "version 0");
    refused("bf6776657273696f6e01ff", "without frames and without marker");
    refused("bf6776657273696f6e01636e657700ff", "unknown key in a frame batch: new");
    refused("bf6776657273696f6e01666d61726b65726469646c65ff", "is not idle with until");
    refused("bf6776657273696f6e01666d61726b657263656e64ff00", "bytes after the frame batch");
  }

  @Test
  void aByteStringThatClaimsGigabytesAllocatesNone() {
    String claim = "bf6776657273696f6e01666672616d657381a265696d6167655a7fffffff00";
    refused(claim, "neither a frame batch");
  }

  @Test
  void anImageThatIsAReferenceToAnotherIsRefused() {
    String image = "5840" + "ff".repeat(64);
    String first = "a2666d6963726f730065696d616765" + image;
    String second = "a2666d6963726f730165696d616765d81904";
    refused(
        "d90100a26776657273696f6e01666672616d657382" + first + second,
        "images that are references to others");
  }

  @Test
  void garbageNeverEscapesAsAnythingElse() {
    byte[] whole = FrameBatches.write(TWO);
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int k = random.nextInt(4); k > 0 && bytes.length > 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        FrameBatch batch = FrameBatches.read(bytes, 0);
        assertThat(batch.frames().size()).isLessThanOrEqualTo(FrameBatches.MAX_FRAMES);
      } catch (MalformedRecordException e) {
        assertThat(e).hasMessageMatching("[^\\n]+");
      }
    }
  }

  private static void refused(@Nullable String hex, String reason) {
    byte[] bytes = hex == null ? null : HexFormat.of().parseHex(hex);
    assertThatExceptionOfType(MalformedRecordException.class)
        .isThrownBy(() -> FrameBatches.read(bytes, 0))
        .withMessageContaining(reason);
  }
}

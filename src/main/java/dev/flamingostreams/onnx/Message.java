package dev.flamingostreams.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protobuf message being written, field by field. Fields that repeat are written repeatedly. */
final class Message {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  private interface Write {
    void run() throws IOException;
  }

  Message integer(int field, long value) {
    return write(() -> out.writeInt64(field, value));
  }

  Message integers(int field, long... values) {
    for (long value : values) {
      integer(field, value);
    }
    return this;
  }

  Message real(int field, float value) {
    return write(() -> out.writeFloat(field, value));
  }

  Message text(int field, String value) {
    return write(() -> out.writeString(field, value));
  }

  Message data(int field, ByteString value) {
    return write(() -> out.writeBytes(field, value));
  }

  Message message(int field, Message value) {
    return data(field, value.toByteString());
  }

  ByteString toByteString() {
    write(out::flush);
    return bytes.toByteString();
  }

  private Message write(Write field) {
    try {
      field.run();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return this;
  }
}

package dev.flamingostreams.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;

/** A protobuf message being read, by the numbers of its fields; the reverse of {@link Message}. */
final class Fields {
  static final Fields NONE = new Fields(UnknownFieldSet.getDefaultInstance());

  private final UnknownFieldSet fields;

  private Fields(UnknownFieldSet fields) {
    this.fields = fields;
  }

  static Fields of(ByteString message) {
    try {
      return new Fields(UnknownFieldSet.parseFrom(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not an ONNX graph: " + e.getMessage(), e);
    }
  }

  boolean has(int field) {
    return fields.hasField(field);
  }

  /** 0 if there is none. */
  long integer(int field) {
    List<Long> all = integers(field);
    return all.isEmpty() ? 0 : all.get(0);
  }

  List<Long> integers(int field) {
    return fields.getField(field).getVarintList();
  }

  /** Empty if there is none. */
  ByteString data(int field) {
    List<ByteString> all = fields.getField(field).getLengthDelimitedList();
    return all.isEmpty() ? ByteString.EMPTY : all.get(0);
  }

  String text(int field) {
    return data(field).toStringUtf8();
  }

  List<String> texts(int field) {
    return fields.getField(field).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  /** One without fields if there is none. */
  Fields message(int field) {
    return of(data(field));
  }

  List<Fields> messages(int field) {
    return fields.getField(field).getLengthDelimitedList().stream().map(Fields::of).toList();
  }
}

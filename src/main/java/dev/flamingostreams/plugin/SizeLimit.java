package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What a record of frames may have, so that it fits where its images, or it itself as a dead
 * letter, are written. A topic's own limit does not do: brokers measure what is compressed.
 *
 * @param bytes of key, value and headers
 * @param name of the setting it comes from
 */
public record SizeLimit(int bytes, String name) {
  /** Of the dead letter of a record that is not taken. */
  public static final String REASON = "too-large";

  /** What a dead letter has beside the record. */
  static final int OVERHEAD_BYTES = 64 << 10;

  /** Of a header beside its key and value: their lengths, as large as these can be. */
  private static final int HEADER_BYTES = 10;

  /** The lesser of what the file says and what the application may send in one record. */
  static SizeLimit of(TopologyFile.Input input, int mostSentBytes) {
    int sent = mostSentBytes - OVERHEAD_BYTES;
    return sent < input.maxBytes()
        ? new SizeLimit(sent, "max.request.size less 64 KB")
        : new SizeLimit(input.maxBytes(), "input.max-bytes");
  }

  /** What the file says. */
  public static SizeLimit of(TopologyFile.Input input) {
    return of(input, Integer.MAX_VALUE);
  }

  public boolean takes(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return size(key, value, headers) <= bytes;
  }

  /** What is wrong with a record that is not taken, and the fix. */
  String fault(Record<byte[], byte[]> record) {
    return "a record of %d bytes, %s is %d; make batches smaller or raise it"
        .formatted(size(record.key(), record.value(), record.headers()), name, bytes);
  }

  private static long size(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    long bytes = (long) length(key) + length(value);
    for (Header header : headers) {
      bytes += header.key().getBytes(UTF_8).length + length(header.value()) + HEADER_BYTES;
    }
    return bytes;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}

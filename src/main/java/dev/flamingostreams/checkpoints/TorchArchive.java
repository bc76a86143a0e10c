package dev.flamingostreams.checkpoints;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Where the entries of a PyTorch file lie: a zip (or zip64) archive that holds {@code
 * NAME/data.pkl}, {@code NAME/data/KEY} and more, none of them compressed.
 */
final class TorchArchive {
  private static final long MAX_PICKLE_BYTES = 64 << 20;
  private static final long MAX_DIRECTORY_BYTES = 16 << 20;
  private static final int ZIP_MAGIC = 0x504b0304;
  private static final int PICKLE_MAGIC = 0x80;
  private static final String PICKLE = "/data.pkl";

  /**
   * @param start of its data, in bytes from the start of the file
   */
  private record Entry(String name, long start, long length) {
    long end() {
      return start + length;
    }
  }

  private final Path file;
  private final Map<String, Entry> entries;
  private final String folder;

  private TorchArchive(Path file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = entries;
    List<String> pickles =
        entries.keySet().stream()
            .filter(name -> name.indexOf('/') == name.length() - PICKLE.length())
            .filter(name -> name.endsWith(PICKLE))
            .toList();
    if (pickles.size() != 1) {
      throw new TorchFormatException(
          "the archive has %d entries NAME%s, a PyTorch file has one"
              .formatted(pickles.size(), PICKLE));
    }
    this.folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length() + 1);
  }

  static TorchArchive open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ)) {
      checkMagic(channel);
      TorchArchive archive = new TorchArchive(file, entries(channel));
      archive.checkByteOrder();
      return archive;
    }
  }

  private static void checkMagic(FileChannel channel) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(Integer.BYTES);
    if (channel.size() < magic.capacity()) {
      throw new TorchFormatException("the file is truncated: %d bytes".formatted(channel.size()));
    }
    ElementReader.fill(channel, magic, 0);
    if (Byte.toUnsignedInt(magic.get(0)) == PICKLE_MAGIC) {
      throw new TorchFormatException(
          "this is the format from before PyTorch 1.6: torch.load it and torch.save it again with"
              + " PyTorch 1.6 or newer");
    }
    if (magic.getInt(0) != ZIP_MAGIC) {
      throw new TorchFormatException("this is not a file that torch.save has written");
    }
  }

  private static Map<String, Entry> entries(FileChannel channel) throws IOException {
    BoundedChannel bounded = new BoundedChannel(channel, MAX_DIRECTORY_BYTES);
    Map<String, Entry> entries = new HashMap<>();
    try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(bounded).get()) {
      for (ZipArchiveEntry stored : Collections.list(zip.getEntries())) {
        Entry entry = entry(stored, channel.size());
        if (entries.putIfAbsent(entry.name(), entry) != null) {
          throw fault(entry.name(), "is there twice");
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new TorchFormatException("the zip archive is broken: " + cause.getMessage(), e);
    }
    checkNoOverlap(entries);
    return entries;
  }

  private static Entry entry(ZipArchiveEntry stored, long size) {
    String name = stored.getName();
    long length = stored.getSize();
    if (stored.getMethod() != ZipArchiveEntry.STORED
        || stored.getGeneralPurposeBit().usesEncryption()) {
      throw fault(name, "is compressed or encrypted, which torch.save never does");
    }
    if (length < 0 || length != stored.getCompressedSize()) {
      throw fault(name, "has two lengths, %d and %d".formatted(length, stored.getCompressedSize()));
    }
    long start = stored.getDataOffset();
    if (start < 0 || length > size - start) {
      throw fault(
          name, "has %d bytes from %d on, the file %d in all".formatted(length, start, size));
    }
    return new Entry(name, start, length);
  }

  private static void checkNoOverlap(Map<String, Entry> entries) {
    List<Entry> sorted =
        entries.values().stream()
            .filter(entry -> entry.length() > 0)
            .sorted(Comparator.comparingLong(Entry::start))
            .toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).end() > sorted.get(i).start()) {
        throw fault(sorted.get(i).name(), "overlaps another");
      }
    }
  }

  /** Files from before the entry was there are little-endian. */
  private void checkByteOrder() throws IOException {
    Entry order = entries.get(folder + "byteorder");
    if (order == null) {
      return;
    }
    String text = US_ASCII.decode(bytes(order, 100)).toString();
    if (!text.equals("little")) {
      throw new TorchFormatException(
          "byte order '%s' is not read: torch.save it again on a little-endian machine"
              .formatted(TorchFormatException.shown(text)));
    }
  }

  ByteBuffer pickle() throws IOException {
    String name = folder + PICKLE.substring(1);
    Entry entry = entries.get(name);
    if (entry == null) {
      throw fault(name, "is missing");
    }
    return bytes(entry, MAX_PICKLE_BYTES);
  }

  private ByteBuffer bytes(Entry entry, long maxBytes) throws IOException {
    if (entry.length() > maxBytes) {
      throw fault(
          entry.name(),
          String.format(Locale.ROOT, "has %,d bytes, more than %,d", entry.length(), maxBytes));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) entry.length());
    try (FileChannel channel = FileChannel.open(file, READ)) {
      ElementReader.fill(channel, bytes, entry.start());
    }
    return bytes;
  }

  /** Where the storage begins, in bytes from the start of the file. */
  long start(TorchStorage storage) {
    String name = folder + "data/" + storage.key();
    Entry entry = entries.get(name);
    if (entry == null) {
      throw fault(name, "is missing");
    }
    if (entry.length() != storage.length()) {
      throw fault(
          name,
          "has %d bytes, the pickle says %d elements of %s"
              .formatted(entry.length(), storage.elements(), storage.type()));
    }
    return entry.start();
  }

  private static TorchFormatException fault(String name, String what) {
    return new TorchFormatException(
        "entry %s %s".formatted(TorchFormatException.shown(name), what));
  }
}

package dev.flamingostreams.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * Lets no more than so many bytes be read in all: what a zip archive says of its directory's size
 * is not believed. Closing it leaves the channel beneath open.
 */
final class BoundedChannel implements SeekableByteChannel {
  private final SeekableByteChannel channel;
  private long left;

  BoundedChannel(SeekableByteChannel channel, long maxBytes) {
    this.channel = channel;
    this.left = maxBytes;
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    int read = channel.read(buffer);
    left -= Math.max(read, 0);
    if (left < 0) {
      throw new IOException("the directory of the zip archive is too large");
    }
    return read;
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    channel.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public int write(ByteBuffer buffer) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {}
}

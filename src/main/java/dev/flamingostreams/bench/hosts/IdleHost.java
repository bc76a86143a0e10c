package dev.flamingostreams.bench.hosts;

/** An application that has nothing to do with Kafka. */
public final class IdleHost {
  private IdleHost() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}

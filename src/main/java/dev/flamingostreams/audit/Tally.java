package dev.flamingostreams.audit;

/**
 * What must be on a topic against what is there: due = found + missing + unread + unchecked.
 *
 * @param due what must be there, given what was read
 * @param found due, and there at least once
 * @param missing due, and not there
 * @param doubled found more often than is due
 * @param unexpected there, and not due
 * @param unread due, but the topology has not read so far
 * @param unchecked due but not there, or there but not known to be due, of what retention removed
 */
public record Tally(
    long due,
    long found,
    long missing,
    long doubled,
    long unexpected,
    long unread,
    long unchecked) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);
}

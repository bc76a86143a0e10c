package dev.flamingostreams.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What the topics of one topology say of it.
 *
 * @param topology its name
 * @param behind records of the input that it has not read
 * @param streams in the input
 * @param frames how many met each fate, as in the ledger of clips; {@code open} are in windows that
 *     are not due
 * @param clips due given the frames, and their captions and dead letters
 * @param captioned clips with a caption
 * @param deadLettered clips with a dead letter, by its reason
 * @param disordered captions before that of an earlier window of their stream
 * @param otherRules captions and dead letters of clips cut by other rules, which are not judged
 * @param undecodable frames and records, and their dead letters
 * @param alerts due given the captions
 * @param notes what could not be checked and why, a line each
 * @param problems examples of each kind of problem, at most ten
 */
public record AuditReport(
    String topology,
    long behind,
    int streams,
    Map<String, Long> frames,
    Tally clips,
    long captioned,
    Map<String, Long> deadLettered,
    long disordered,
    long otherRules,
    Tally undecodable,
    Tally alerts,
    List<String> notes,
    Map<String, List<String>> problems) {

  /** Whether nothing is missing, doubled, unexpected or out of order. */
  @JsonProperty
  public boolean well() {
    return problems.isEmpty();
  }
}

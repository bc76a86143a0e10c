package dev.flamingostreams.audit;

import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.JsonSerde;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Reads the input of a topology once, then what it has written until nothing is waited for. */
final class Check {
  private static final JsonSerde<Caption> CAPTION = new JsonSerde<>(Caption.class);
  private static final JsonSerde<Alert> ALERT = new JsonSerde<>(Alert.class);

  private final TopologyFile file;
  private final Topics topics;

  Check(TopologyFile file, Topics topics) {
    this.file = file;
    this.topics = topics;
  }

  /** As {@link Audit#check} says. */
  AuditReport run(Duration wait) {
    long start = System.nanoTime();
    Expected expected = Expected.of(file, topics);
    AuditReport report = judge(expected, false);
    while (mayGetBetter(report) && System.nanoTime() - start < wait.toNanos()) {
      topics.moveOn();
      if (expected.behind(topics.committed()) == 0) {
        report = judge(expected, false);
      }
    }
    return !wait.isZero() && mayGetBetter(report) ? judge(expected, true) : report;
  }

  private static boolean mayGetBetter(AuditReport report) {
    return report.behind() > 0
        || report.clips().missing() > 0
        || report.alerts().missing() > 0
        || report.undecodable().missing() > 0;
  }

  /**
   * @param over whether what is not read is not waited for any more, and missing
   */
  private AuditReport judge(Expected expected, boolean over) {
    Findings findings = new Findings();
    Kept captions = new Kept(topics.beginnings(file.outputs().captions()));
    Kept letters = new Kept(topics.beginnings(file.outputs().deadLetters()));
    ClipCheck clips = new ClipCheck(file, expected, topics::isNew, captions, letters, findings);
    RejectCheck rejects = new RejectCheck(file, expected, topics::isNew, letters, findings);
    Letters sorted = new Letters(letters, clips, rejects);
    Tally alerts = readCaptions(clips, captions, findings);
    topics.read(file.outputs().deadLetters(), sorted::read);
    Predicate<Place> unread = place -> !over && Expected.isUnread(place, topics.committed());
    Tally ofClips = clips.tally(unread);
    Tally ofRejects = rejects.tally(unread);
    long behind = expected.behind(topics.committed());
    return new AuditReport(
        file.name(),
        behind,
        expected.streams(),
        expected.frames(),
        ofClips,
        clips.captioned(),
        clips.reasons(),
        clips.disordered(),
        clips.otherRules(),
        ofRejects,
        alerts,
        Notes.of(file, behind, ofClips, ofRejects, alerts, clips),
        findings.examples());
  }

  private Tally readCaptions(ClipCheck clips, Kept captions, Findings findings) {
    if (file.rules().isEmpty()) {
      topics.read(
          file.outputs().captions(),
          record -> caption(record, findings).ifPresent(one -> clips.caption(record, one)));
      return Tally.NONE;
    }
    Kept kept = new Kept(topics.beginnings(file.outputs().alerts()));
    try (AlertCheck alerts = new AlertCheck(file, captions, kept, findings)) {
      topics.read(
          file.outputs().alerts(),
          record ->
              value(record, ALERT, "alert", findings)
                  .ifPresent(one -> alerts.alert(record, one, topics.isLate(record))));
      topics.read(
          file.outputs().captions(),
          record ->
              caption(record, findings)
                  .filter(one -> file.input().streams().test(one.stream()))
                  .ifPresent(one -> alerts.caption(record, one, clips.caption(record, one))));
      return alerts.tally();
    }
  }

  private static Optional<Caption> caption(
      ConsumerRecord<byte[], byte[]> record, Findings findings) {
    return value(record, CAPTION, "caption", findings);
  }

  private static <T> Optional<T> value(
      ConsumerRecord<byte[], byte[]> record, JsonSerde<T> serde, String what, Findings findings) {
    try {
      return Optional.ofNullable(serde.deserializer().deserialize(record.topic(), record.value()));
    } catch (SerializationException e) {
      findings.add("records that are no " + what, Place.of(record).toString());
      return Optional.empty();
    }
  }
}

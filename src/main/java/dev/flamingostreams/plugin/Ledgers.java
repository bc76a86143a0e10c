package dev.flamingostreams.plugin;

import dev.flamingostreams.alerts.AlertLedgers;
import dev.flamingostreams.captions.CaptionsStage;
import dev.flamingostreams.clips.ClipsStage;
import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.StreamTimes;
import java.util.List;

/**
 * What became of everything that one topology was given, stage by stage, and how far it has come.
 *
 * @param seen times of the streams' last frames
 * @param captioned ends of their last captioned clips
 */
public record Ledgers(
    Ledger streams,
    Ledger clips,
    Ledger captions,
    AlertLedgers alerts,
    StreamTimes seen,
    StreamTimes captioned) {

  public static Ledgers create() {
    return new Ledgers(
        StreamsStage.ledger(),
        ClipsStage.ledger(),
        CaptionsStage.ledger(),
        AlertLedgers.create(),
        new StreamTimes(),
        new StreamTimes());
  }

  /** In the order of the stream. */
  public List<Ledger> all() {
    return List.of(streams, clips, captions, alerts.captions(), alerts.matches());
  }
}

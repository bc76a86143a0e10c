package dev.flamingostreams.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.monitor.HighlightsMatch;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorQuery;

/** The queries of all rules, asked at once whether a text matches. */
final class CaptionMatcher implements AutoCloseable {
  private final Monitor monitor;

  CaptionMatcher(Collection<AlertRule> rules) {
    try {
      monitor = new Monitor(AlertQuery.analyzer());
      monitor.register(
          rules.stream()
              .map(r -> new MonitorQuery(r.name(), AlertQuery.parse(r.query())))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The terms that each rule matched, in the text's order, by the rule's name.
   *
   * @throws IllegalStateException if a query fails on this text
   */
  Map<String, List<String>> match(String text) {
    Document document = new Document();
    document.add(new TextField(AlertQuery.TEXT, text, Field.Store.NO));
    try {
      MatchingQueries<HighlightsMatch> found = monitor.match(document, HighlightsMatch.MATCHER);
      // The monitor collects what queries throw instead of throwing it.
      found
          .getErrors()
          .forEach(
              (rule, e) -> {
                throw new IllegalStateException("rule '%s' fails on '%s'".formatted(rule, text), e);
              });
      Map<String, List<String>> terms = new HashMap<>();
      found.getMatches().forEach(match -> terms.put(match.getQueryId(), terms(match, text)));
      return terms;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      monitor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> terms(HighlightsMatch match, String text) {
    return match.getHits(AlertQuery.TEXT).stream()
        .sorted()
        .map(hit -> text.substring(hit.startOffset, hit.endOffset).toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }
}

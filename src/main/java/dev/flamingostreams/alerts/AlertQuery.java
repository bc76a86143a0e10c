package dev.flamingostreams.alerts;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/** Reads the query of a rule and refuses one that could never match. */
final class AlertQuery {
  static final String TEXT = "text";

  private static final Pattern UNEXPECTED =
      Pattern.compile("Encountered \" (?:<\\w+> )?\"(\\S+) ?\"\" at line \\d+, column (\\d+)");
  private static final int MAX_LENGTH = 2_000;

  private AlertQuery() {}

  static Analyzer analyzer() {
    return new StandardAnalyzer();
  }

  static Query parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "query is %d characters long; at most %d are read".formatted(text.length(), MAX_LENGTH));
    }
    Query query = text.isBlank() ? new MatchNoDocsQuery() : read(text);
    checkFields(query);
    if (isMixed(query)) {
      throw new IllegalArgumentException(
          "query '%s' has OR beside words that must all be there; put brackets round what belongs together"
              .formatted(text));
    }
    if (matchesNothing(query)) {
      throw new IllegalArgumentException(
          "query '%s' can never match; name at least one word that a caption must have"
              .formatted(text));
    }
    return query;
  }

  private static Query read(String text) {
    try (Analyzer analyzer = analyzer()) {
      QueryParser parser = new QueryParser(TEXT, analyzer);
      parser.setDefaultOperator(QueryParser.Operator.AND);
      parser.setAllowLeadingWildcard(true);
      return parser.parse(text);
    } catch (ParseException
        | IndexSearcher.TooManyClauses
        | TooComplexToDeterminizeException
        | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "query '%s' does not parse: %s".formatted(text, firstLine(e)), e);
    }
  }

  private static void checkFields(Query query) {
    Set<String> fields = new HashSet<>();
    query.visit(
        new QueryVisitor() {
          @Override
          public boolean acceptField(String field) {
            fields.add(field);
            return true;
          }

          @Override
          public QueryVisitor getSubVisitor(Occur occur, Query parent) {
            return this;
          }
        });
    fields.remove(TEXT);
    fields.remove("*");
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException(
          "query asks for field '%s', but a caption has only its words; put the colon in quotes"
              .formatted(fields.iterator().next()));
    }
  }

  // Of "red car OR blue car" Lucene would require red and car, and take no notice of blue.
  private static boolean isMixed(Query query) {
    return query instanceof BooleanQuery some
        && ((some.clauses().stream().anyMatch(BooleanClause::isRequired)
                && some.clauses().stream().anyMatch(c -> c.getOccur() == Occur.SHOULD))
            || some.clauses().stream().anyMatch(c -> isMixed(c.getQuery())));
  }

  private static boolean matchesNothing(Query query) {
    return query instanceof MatchNoDocsQuery
        || (query instanceof BooleanQuery some
            && (some.clauses().stream()
                    .anyMatch(c -> c.isRequired() && matchesNothing(c.getQuery()))
                || some.clauses().stream()
                    .allMatch(c -> c.isProhibited() || matchesNothing(c.getQuery()))));
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Encountered \"<EOF>\"")) {
      return "it ends too early; close what is open";
    }
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (unexpected.find()) {
      return "'%s' at column %d is not expected; put it in quotes"
          .formatted(unexpected.group(1), Integer.parseInt(unexpected.group(2)) + 1);
    }
    int colon = message.indexOf("': "); // the parser repeats the query first
    return message.substring(colon < 0 ? 0 : colon + 3).lines().findFirst().orElse("").strip();
  }
}

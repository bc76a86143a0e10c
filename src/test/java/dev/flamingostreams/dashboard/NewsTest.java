package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewsTest {
  private final News<String> news = new News<>(3);

  @Test
  void aReaderGetsWhatItHasNotSeenInOrder() {
    add("a", "b", "c");

    assertThat(news.after(0, 10)).containsExactly("a", "b", "c");
    assertThat(news.after(2, 10)).containsExactly("c");
    assertThat(news.after(0, 2)).containsExactly("a", "b");
    assertThat(news.after(3, 10)).isEmpty();
  }

  @Test
  void aReaderThatIsTooFarBehindIsTold() {
    add("a", "b", "c", "d", "e");

    assertThat(news.follows(2)).isTrue();
    assertThat(news.follows(1)).isFalse();
    assertThat(news.follows(6)).isFalse();
    assertThat(news.after(0, 10)).containsExactly("c", "d", "e");
  }

  private void add(String... items) {
    for (String item : items) {
      news.add(item);
    }
  }
}

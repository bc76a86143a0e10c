package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GpuExceptionTest {

  @Test
  void theReasonOfALinkErrorIsToldInOneLine() {
    assertTold(new UnsatisfiedLinkError("no liba.so\nsecond line"));
  }

  @Test
  void theFirstReasonIsToldLaterAsWell() {
    NoClassDefFoundError later = new NoClassDefFoundError("Could not initialize class A");
    later.initCause(
        new ExceptionInInitializerError(
            "Exception java.lang.UnsatisfiedLinkError: no liba.so\nsecond [in thread \"main\"]"));
    assertTold(later);
  }

  private static void assertTold(LinkageError error) {
    assertThat(GpuException.ofLink("A", error, "install it"))
        .hasMessage("A cannot be loaded (no liba.so); install it");
  }
}

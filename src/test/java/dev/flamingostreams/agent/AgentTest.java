package dev.flamingostreams.agent;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class AgentTest {
  private static final Instrumentation UNTOUCHED =
      (Instrumentation)
          Proxy.newProxyInstance(
              AgentTest.class.getClassLoader(),
              new Class<?>[] {Instrumentation.class},
              (proxy, method, arguments) -> {
                throw new AssertionError(method.getName());
              });

  @Test
  void anOptionThatIsWrongLeavesTheHostAlone() {
    assertThatNoException().isThrownBy(() -> Agent.premain("scenes,pace=1", UNTOUCHED));
  }

  @Test
  void unlessItIsToBeStrict() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Agent.premain("scenes,strict=true,pace=1", UNTOUCHED))
        .withMessageContaining("pace");
  }
}

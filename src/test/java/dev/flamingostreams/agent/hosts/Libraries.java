package dev.flamingostreams.agent.hosts;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.Yaml;

/** Counts words, and uses libraries that we use too, in the versions that it has. */
public final class Libraries {
  private Libraries() {}

  /** Settings file, input topic, output topic. */
  public static void main(String[] args) throws Exception {
    use();
    Thread thread = new Thread(Libraries::useLater, "libraries");
    thread.setDaemon(true);
    thread.start();
    WordCount.main(args);
  }

  private static void useLater() {
    try {
      while (System.in.read() != '\n') {}
      use();
      System.out.println("offline " + System.getProperty("ai.djl.offline"));
    } catch (Exception e) {
      System.out.println("a library failed: " + e);
    }
  }

  private static void use() throws Exception {
    Object json = new ObjectMapper().readValue("{\"a\": 1}", Map.class);
    Object yaml = new Yaml().load("a: 1");
    Class<?> made =
        new ByteBuddy()
            .subclass(Object.class)
            .make()
            .load(Libraries.class.getClassLoader())
            .getLoaded();
    System.out.println(json + " " + yaml + " " + made.getSuperclass().getSimpleName());
    System.out.println("logs to " + LoggerFactory.getILoggerFactory().getClass().getName());
    for (String name :
        new String[] {
          "com.fasterxml.jackson.databind.ObjectMapper",
          "com.fasterxml.jackson.dataformat.cbor.CBORFactory",
          "org.yaml.snakeyaml.Yaml",
          "org.apache.lucene.util.Version",
          "org.apache.lucene.monitor.Monitor",
          "net.bytebuddy.ByteBuddy",
          "ai.djl.engine.Engine",
          "org.bytedeco.javacv.Frame",
          "org.bytedeco.javacpp.Loader"
        }) {
      Class<?> type = Class.forName(name, false, Libraries.class.getClassLoader());
      Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      System.out.println("library " + jar.getFileName());
    }
  }
}

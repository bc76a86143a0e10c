package dev.flamingostreams.agent;

import static dev.flamingostreams.agent.AgentIT.assertClips;
import static dev.flamingostreams.agent.AgentIT.assertCounts;
import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.cli.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host's user who may do what the host does, and more or less of what we do. */
class RightsIT {
  @TempDir static Path shared;
  private static EmbeddedBroker broker;
  @AutoClose private static Cluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.in(shared.resolve("broker"), Users.brokerSettings());
    cluster = new Cluster(broker, Users.clientSettings(Users.ADMIN));
  }

  @Test
  void withTheRightsThatTheDocumentationNamesItDescribes() throws Exception {
    Application able = application("able");
    grant(topic(able, "frames"), READ, DESCRIBE_CONFIGS);
    grant(topic(able, "captions"), WRITE, DESCRIBE_CONFIGS);
    grant(topic(able, "dead"), WRITE, DESCRIBE_CONFIGS);
    grant(prefix(ResourceType.TOPIC, "able-video-"), CREATE, READ, WRITE);
    cluster.play(able.topic("frames"), "gate", 0, 10);
    try (HostProcess host = able.withAgent()) {
      assertThat(host.await("flamingo: ")).contains("able describes video too");
      assertCounts(able, host, Map.of("a", "2", "b", "1"));
      assertClips(able, host, 2);
      assertThat(host.said()).hasSize(1);
    }
  }

  @Test
  void framesThatMayNotBeRead() throws Exception {
    Application blind = application("blind");
    grant(topic(blind, "frames"), DESCRIBE, DESCRIBE_CONFIGS);
    grantOutputs(blind);
    grant(prefix(ResourceType.TOPIC, "blind-video-"), CREATE, READ, WRITE);
    assertRefused(blind, "topic blind-frames: no right to READ; have it granted to this user");
  }

  @Test
  void captionsThatMayNotBeWritten() throws Exception {
    Application mute = application("mute");
    grant(topic(mute, "frames"), READ, DESCRIBE_CONFIGS);
    grant(topic(mute, "captions"), DESCRIBE, DESCRIBE_CONFIGS);
    grant(topic(mute, "dead"), WRITE, DESCRIBE_CONFIGS);
    grant(prefix(ResourceType.TOPIC, "mute-video-"), CREATE, READ, WRITE);
    assertRefused(mute, "topic mute-captions: no right to WRITE; have it granted to this user");
  }

  @Test
  void changelogsThatMayNotBeCreated() throws Exception {
    Application forgetful = application("forgetful");
    grant(topic(forgetful, "frames"), READ, DESCRIBE_CONFIGS);
    grantOutputs(forgetful);
    assertRefused(
        forgetful, "no right to create topic forgetful-video-clips-streams-changelog at ");
  }

  @Test
  void changelogsThatMayBeCreatedOnly() throws Exception {
    Application creator = application("creator");
    grant(topic(creator, "frames"), READ, DESCRIBE_CONFIGS);
    grantOutputs(creator);
    grant(prefix(ResourceType.TOPIC, "creator-video-"), CREATE);
    assertRefused(creator, "no right to describe topic creator-video-clips-streams-changelog at ");
  }

  @Test
  void topicsThatMayNotEvenBeSeen() throws Exception {
    assertRefused(application("stranger"), "no right to describe topic stranger-frames at ");
  }

  /** A host that may do what it does without us. */
  private Application application(String id) throws Exception {
    Application application = new Application(cluster, directory, id);
    application.settings.put("sasl.jaas.config", Users.login(Users.HOST));
    grant(topic(application, "lines"), READ);
    grant(topic(application, "counts"), WRITE);
    grant(prefix(ResourceType.TOPIC, id + "-KSTREAM-"), ALL);
    grant(new ResourcePattern(ResourceType.GROUP, id, PatternType.LITERAL), READ);
    grant(prefix(ResourceType.TRANSACTIONAL_ID, id), WRITE, DESCRIBE);
    cluster.write(application.topic("lines"), List.of("a b a"));
    return application;
  }

  private static void grantOutputs(Application of) throws Exception {
    grant(topic(of, "captions"), WRITE, DESCRIBE_CONFIGS);
    grant(topic(of, "dead"), WRITE, DESCRIBE_CONFIGS);
  }

  private static ResourcePattern topic(Application of, String role) {
    return new ResourcePattern(ResourceType.TOPIC, of.topic(role), PatternType.LITERAL);
  }

  private static ResourcePattern prefix(ResourceType type, String name) {
    return new ResourcePattern(type, name, PatternType.PREFIXED);
  }

  private static void grant(ResourcePattern what, AclOperation... operations) throws Exception {
    List<AclBinding> bindings =
        Stream.of(operations)
            .map(
                operation ->
                    new AccessControlEntry(
                        "User:" + Users.HOST, "*", operation, AclPermissionType.ALLOW))
            .map(entry -> new AclBinding(what, entry))
            .toList();
    try (Admin admin = Admin.create(cluster.settings())) {
      admin.createAcls(bindings).all().get();
    }
  }

  private static void assertRefused(Application application, String reason) throws Exception {
    try (HostProcess host = application.withAgent()) {
      assertThat(host.await("flamingo: "))
          .startsWith(
              "flamingo: %s runs without video description: ".formatted(application.id) + reason);
      assertCounts(application, host, Map.of("a", "2", "b", "1"));
      assertThat(host.said()).hasSize(1);
      assertThat(host.text()).doesNotContain("state ERROR");
    }
  }
}

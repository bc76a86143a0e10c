package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.training.Exchange.Form;
import dev.flamingostreams.training.scenes.Actor;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private final SceneSampler sampler = new SceneSampler(3);
  private final Questions questions = Questions.ofTraining(new Random(5));

  @Test
  void asksEachFormOfQuestionOnce() {
    List<Form> forms = Questions.about(sampler.one()).stream().map(Exchange::form).toList();
    assertThat(forms).hasSize(Form.values().length).contains(Form.COUNT, Form.PRESENCE);
  }

  @Test
  void asksTheSameOfEqualScenes() {
    assertThat(Questions.about(new SceneSampler(9).two()))
        .isEqualTo(Questions.about(new SceneSampler(9).two()));
  }

  @Test
  void countsTheObjects() {
    assertThat(answer(Form.COUNT, sampler.one())).isEqualTo("one");
    assertThat(answer(Form.COUNT, sampler.two())).isEqualTo("two");
  }

  @Test
  void knowsNothingOfWhatHasNoName() {
    assertThat(Questions.about(sampler.unknown()))
        .extracting(Exchange::answer)
        .containsOnly(Questions.UNKNOWN);
  }

  @Test
  void theColourIsThatOfTheOneObjectOfTheKind() {
    for (Asked asked : ask(Form.COLOUR)) {
      String kind = asked.question().replaceAll("what colour is the (\\w+)\\?", "$1");
      List<String> colours =
          asked.actors().stream()
              .filter(actor -> actor.kind().word().equals(kind))
              .map(actor -> actor.colour().word())
              .toList();
      assertThat(colours).hasSizeLessThan(2);
      assertThat(asked.answer()).isEqualTo(colours.isEmpty() ? "none" : colours.get(0));
    }
  }

  @Test
  void theKindIsThatOfTheOneObjectOfTheColour() {
    for (Asked asked : ask(Form.KIND)) {
      String colour = asked.question().replaceAll("what kind of object is (\\w+)\\?", "$1");
      List<String> kinds =
          asked.actors().stream()
              .filter(actor -> actor.colour().word().equals(colour))
              .map(actor -> actor.kind().word())
              .toList();
      assertThat(kinds).hasSizeLessThan(2);
      assertThat(asked.answer()).isEqualTo(kinds.isEmpty() ? "none" : kinds.get(0));
    }
  }

  @Test
  void theMotionIsThatOfTheOneObjectThatIsMeant() {
    for (Asked asked : ask(Form.MOTION)) {
      String name = asked.question().replaceAll("what does the (.+) do\\?", "$1");
      List<Actor> meant = meant(name, asked.actors());
      assertThat(meant).hasSizeLessThan(2);
      assertThat(asked.answer())
          .isEqualTo(meant.isEmpty() ? "none" : meant.get(0).motion().words());
    }
  }

  @Test
  void whatDoesNotMoveMovesNowhere() {
    for (Asked asked : ask(Form.DIRECTION)) {
      String name = asked.question().replaceAll("which way does the (.+) move\\?", "$1");
      List<Actor> meant = meant(name, asked.actors());
      assertThat(meant).hasSizeLessThan(2);
      if (meant.isEmpty()) {
        assertThat(asked.answer()).isEqualTo("none");
      } else if (meant.get(0).motion().isMove()) {
        assertThat("moves " + asked.answer()).isEqualTo(meant.get(0).motion().words());
      } else {
        assertThat(asked.answer()).isIn("back", "nowhere");
      }
    }
  }

  @Test
  void halfOfTheQuestionsWhetherSomethingIsThereAreToBeAnsweredYes() {
    List<Asked> all = ask(Form.PRESENCE);
    for (Asked asked : all) {
      String name = asked.question().replaceAll("is there an? (.+)\\?", "$1");
      assertThat(asked.answer()).isEqualTo(meant(name, asked.actors()).isEmpty() ? "no" : "yes");
      assertThat(asked.question().startsWith("is there an ")).isEqualTo(name.startsWith("orange"));
    }
    assertThat(all.stream().filter(asked -> asked.answer().equals("yes")).count())
        .isBetween(all.size() * 4L / 10, all.size() * 6L / 10);
  }

  @Test
  void trainingAsksMoreOftenOfWhatIsNotThereThanAnExaminationDoes() {
    List<Scene> scenes = Stream.generate(sampler::two).limit(1200).toList();
    long trained = nones(scenes.stream().map(questions::ask));
    long examined =
        nones(scenes.stream().flatMap(scene -> Questions.about(scene).stream()).limit(1200));
    assertThat(examined).isBetween(60L, 150L); // 15 % of four forms in six
    assertThat(trained).isGreaterThan(examined + 40);
  }

  private static long nones(Stream<Exchange> exchanges) {
    return exchanges.filter(exchange -> exchange.answer().equals(Questions.NONE)).count();
  }

  @Test
  void everyWordIsInTheVocabulary() {
    World world = new World();
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      for (Scene scene : List.of(sampler.one(), sampler.two(), sampler.unknown())) {
        Chunk chunk = world.chunk(scene, random);
        assertThat(chunk.answer()).isLessThan(chunk.tokens().length - 1);
      }
    }
    assertThat(world.vocabulary().size()).isLessThan(100);
  }

  private record Asked(List<Actor> actors, String question, String answer) {}

  private List<Asked> ask(Form form) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      Scene scene = i % 2 == 0 ? sampler.one() : sampler.two();
      Exchange exchange = questions.ask(scene);
      if (exchange.form() == form) {
        asked.add(new Asked(scene.actors(), exchange.question(), exchange.answer()));
      }
    }
    Map<Boolean, Long> twos =
        asked.stream()
            .collect(Collectors.partitioningBy(a -> a.actors().size() == 2, Collectors.counting()));
    assertThat(twos.values()).allMatch(count -> count > 20);
    return asked;
  }

  /** The objects that bear a name such as {@code car}, {@code red car} or {@code red object}. */
  private static List<Actor> meant(String name, List<Actor> actors) {
    return actors.stream()
        .filter(
            actor ->
                name.equals(actor.kind().word())
                    || name.equals(actor.colour().word() + " object")
                    || name.equals(actor.colour().word() + " " + actor.kind().word()))
        .toList();
  }

  private static String answer(Form form, Scene scene) {
    return Questions.about(scene).stream()
        .filter(exchange -> exchange.form() == form)
        .findFirst()
        .orElseThrow()
        .answer();
  }
}

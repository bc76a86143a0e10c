package dev.flamingostreams.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickleMachineTest {
  private static final long MANY = 1L << 40;

  @Test
  void plainValuesAreRead() {
    Pickle pickle = new Pickle().op('}', '(').text("n").op('N').text("list").op(']', '(', 'K', 200);
    pickle.op('M', 1, 2, 'J', 255, 255, 255, 255, 'e').text("long").op(0x8a, 9).raw(new byte[8]);
    pickle.op(0x80).text("pi").op('G', 0x40, 0x09, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18);
    assertThat(run(pickle.op('u')))
        .isEqualTo(
            Map.of(
                "n",
                PickleNone.NONE,
                "list",
                List.of(200L, 513L, -1L),
                "long",
                BigInteger.ONE.shiftLeft(71).negate(),
                "pi",
                Math.PI));
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "posix, system",
    "builtins, eval",
    "__builtin__, getattr",
    "builtins, set",
    "numpy.core.multiarray, _reconstruct",
    "numpy, dtype",
    "torch.storage, _load_from_bytes",
    "torch.nn.modules.linear, Linear",
    "torch, ComplexFloatStorage",
    "torch, load",
    "collections, defaultdict",
    "dev.flamingostreams.checkpoints, PickleFunction"
  })
  void anyOtherNameIsRefusedHoweverItIsWritten(String module, String name) {
    String named = "the pickle names %s.%s, which is neither".formatted(module, name);
    assertRefused(new Pickle().global(module, name), named);
    assertRefused(new Pickle().text(module).text(name).op(0x93), named);
    assertRefused(fromMemo(module, name), named);
    assertRefused(new Pickle().op('i').raw((module + "\n" + name + "\n").getBytes(UTF_8)), named);
  }

  /** Both texts are put by first, in the other order, and taken up among others. */
  private static Pickle fromMemo(String module, String name) {
    Pickle pickle = new Pickle().text(name).op('r').int32(70_000).op('0').text(module).op('q', 7);
    return pickle.op('0', '}').text("t").op('h', 7, 'j').int32(70_000).op(0x93, ')', 'R', 's');
  }

  @Test
  void aNameIsRefusedBehindTensorsToo() {
    Pickle pickle = new Pickle().op('}').text("t").tensor(2, 0, 2, 1).op('s').text("u");
    pickle.global("os", "system").text("true").op(0x85, 'R', 's');
    assertRefused(pickle, "the pickle names os.system");
  }

  @Test
  void aNameIsShownOnOneLine() {
    assertRefused(
        new Pickle().text("os\n\u001b[2J").text("x".repeat(500)).op(0x93),
        "the pickle names os??[2J." + "x".repeat(92) + "..., which is neither");
  }

  @Test
  void whatIsNoFunctionIsNotCalled() {
    assertRefused(new Pickle().global("torch", "FloatStorage").op(')', 'R'), "has a StoredType");
    assertRefused(new Pickle().text("os.system").op(')', 'R'), "has a String");
    assertRefused(new Pickle().global("torch", "Size").op(')', 'R'), "torch.Size has 0 arguments");
    assertRefused(
        new Pickle().global("torch", "Size").text("x").op(0x85, 'R'),
        "torch.Size has an argument that is no List");
  }

  @Test
  void opcodesThatMakeObjectsAreRefused() {
    for (int opcode : new int[] {'o', 0x81, 0x92, 0x82, 0x83, 0x84, 'P', 'I', 'd', 0x97, 0xff}) {
      assertRefused(new Pickle().op('(', ')', ')', opcode), "uses opcode 0x%02x".formatted(opcode));
    }
    assertRefused(new Pickle().op(0x80, 6), "the pickle is of protocol 6");
    assertRefused(new Pickle().op(']', '}', 'b'), "has a ArrayList where a Map is due");
  }

  @Test
  void brokenPicklesAreRefused() {
    assertRefused(new Pickle(), "takes from an empty stack");
    assertRefused(new Pickle().op('N', '(', 0x85), "takes from an empty stack");
    assertRefused(new Pickle().op('t'), "goes back to a mark that it has not set");
    assertRefused(new Pickle().op('h', 3), "asks for number 3, which it has not put by");
    assertRefused(new Pickle().op('N', 'r').int32(-1), "puts a value by as number 4294967295");
    assertRefused(new Pickle().op('}', '(', 'N', 'u'), "has a key without a value");
    assertRefused(new Pickle().op('}', ']', 'N', 's'), "key is neither a text nor a number");
    assertRefused(
        new Pickle().op('}').text("a").op('N', 's').text("a").op('N', 's'),
        "a dictionary has the key a twice");
    assertRefused(new Pickle().op(')', 'N', 'a'), "appends to what is no list");
    assertRefused(new Pickle().op('N', 'Q'), "has a PickleNone where a List is due");
    assertRefused(new Pickle().op(')', 'Q'), "an id that is no storage's");
    assertRefused(new Pickle().op('c').raw(new byte[2000]), "a line of more than 1000 bytes");
    ByteBuffer unended = ByteBuffer.wrap(new byte[] {'N'});
    assertThatThrownBy(() -> new PickleMachine(unended).run())
        .hasMessage("the pickle wants 1 bytes at byte 1, where 0 are left");
  }

  @Test
  void lengthsAreComparedWithWhatIsLeftBeforeMemoryIsSetAside() {
    for (int opcode : new int[] {'X', 'B'}) {
      assertRefused(new Pickle().op(opcode).int32(-1), "the pickle wants 4294967295 bytes");
    }
    for (int opcode : new int[] {0x8d, 0x8e}) {
      assertRefused(
          new Pickle().op(opcode).int32(-1).int32(-1), "the pickle wants 18446744073709551615");
    }
  }

  @Test
  void aPickleThatMakesTooManyValuesIsRefused() {
    byte[] dictionaries = new byte[PickleStack.MAX_VALUES + 1];
    Arrays.fill(dictionaries, (byte) '}');
    assertRefused(new Pickle().raw(dictionaries), "makes more than 4,000,000 values");
    Arrays.fill(dictionaries, (byte) '(');
    assertRefused(new Pickle().raw(dictionaries), "makes more than 4,000,000 values");
  }

  @Test
  void nothingLongIsCopied() {
    Pickle size = new Pickle().global("torch", "Size").op('(');
    for (int i = 0; i < 65; i++) {
      size.number(1);
    }
    assertRefused(size.op('t', 0x85, 'R'), "torch.Size has more than 64 axes");
    assertRefused(new Pickle().tensor(2, 0, new long[65], new long[65]), "has more than 64 axes");
    Pickle text = new Pickle().global("_codecs", "encode").op('(').text("long").text("latin1");
    assertThat(run(text.op('t', 'R'))).isSameAs(PickleNone.NONE);
  }

  @Test
  void tensorsOutsideTheirStorageAreRefused() {
    assertTensorRefused(new Pickle().tensor(2, 0, 3, 1), "ends at element 3 of 2");
    assertTensorRefused(new Pickle().tensor(2, 1, 2, 1), "ends at element 3 of 2");
    assertTensorRefused(new Pickle().tensor(9, 0, 3, 5), "ends at element 11 of 9");
    assertTensorRefused(new Pickle().tensor(2, 3, 0, 1), "ends at element 3 of 2");
    assertTensorRefused(new Pickle().tensor(2, -1, 2, 1), "has a negative offset, size or stride");
    assertTensorRefused(new Pickle().tensor(2, 1, 2, -1), "has a negative offset, size or stride");
    assertTensorRefused(new Pickle().tensor(2, 1, -2, 1), "has a negative offset, size or stride");
    assertTensorRefused(new Pickle().tensor(2, Long.MAX_VALUE, 2, 1), "too large");
    assertTensorRefused(new Pickle().tensor(2, 0, 3, Long.MAX_VALUE), "too large");
    assertTensorRefused(
        new Pickle().tensor(2, 0, new long[] {MANY, MANY}, new long[] {0, 0}), "too large");
    assertTensorRefused(new Pickle().tensor(2, 0, MANY, 0), "expands 2 elements to 1099511627776");
    assertTensorRefused(
        new Pickle().tensor(9, 0, new long[] {3, 3}, new long[] {1, 1}), "overlaps itself");
    assertTensorRefused(
        new Pickle().tensor(9, 0, new long[] {3, 3}, new long[] {1}),
        "has 2 dimensions and 1 strides");
    assertRefused(new Pickle().storage("0", -1), "storage 0 claims -1 elements");
    assertRefused(new Pickle().storage("0", Long.MAX_VALUE), "claims 9223372036854775807 elements");
  }

  private static void assertTensorRefused(Pickle pickle, String fault) {
    assertRefused(pickle, "a tensor of storage 0 ");
    assertRefused(pickle, fault);
  }

  @Test
  void dictionariesThatHoldThemselvesOrTooMuchAreRefused() {
    Pickle itself = new Pickle().op('}', 'q', 0).text("a").op('h', 0, 's');
    assertThatThrownBy(() -> StateDict.tensors(run(itself)))
        .hasMessage("dictionaries are nested more than 16 deep");
    Pickle laughs = new Pickle().op('}', 'q', 0);
    for (int i = 1; i < 15; i++) {
      laughs.op('}', '(');
      for (int j = 0; j < 10; j++) {
        laughs.number(j).op('h', i - 1);
      }
      laughs.op('u', 'q', i);
    }
    assertThatThrownBy(() -> StateDict.tensors(run(laughs)))
        .hasMessage("dictionaries hold more than 1,000,000 entries");
  }

  @Test
  void whatHoldsNoOneModelIsRefused() {
    assertThatThrownBy(() -> StateDict.tensors(List.of()))
        .hasMessage("the file holds no dictionary of tensors");
    assertThatThrownBy(() -> StateDict.tensors(Map.of("epoch", 3L)))
        .hasMessage("the file holds no tensors");
    Map<?, ?> model = Map.of("t", run(new Pickle().tensor(2, 0, 2, 1)));
    assertThatThrownBy(() -> StateDict.tensors(Map.of("model", model, "state_dict", model)))
        .hasMessage("the file holds several models, state_dict, model: save one");
    assertThatThrownBy(() -> StateDict.tensors(Collections.singletonMap("x".repeat(1001), model)))
        .hasMessage("the name " + "x".repeat(100) + "... is too long");
  }

  private static Object run(Pickle pickle) {
    return new PickleMachine(ByteBuffer.wrap(pickle.end())).run();
  }

  private static void assertRefused(Pickle pickle, String fault) {
    byte[] bytes = pickle.end();
    assertThatThrownBy(() -> new PickleMachine(ByteBuffer.wrap(bytes)).run())
        .isInstanceOf(TorchFormatException.class)
        .hasMessageContaining(fault);
  }
}

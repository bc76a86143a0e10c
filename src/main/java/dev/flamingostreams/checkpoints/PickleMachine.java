package dev.flamingostreams.checkpoints;

import static dev.flamingostreams.checkpoints.TorchFormatException.shown;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle as torch.save writes it (protocols 2 to 5) into plain values: {@link Map}, {@link
 * List} (tuples too), String, Long, BigInteger, Double, Boolean, byte[], {@link PickleNone} and
 * {@link TensorView}. It can make nothing else: a global is a name to compare with {@link
 * PickleGlobals}, never something to run. Opcodes are those of CPython's {@code pickle.py}; the
 * ones that make objects of classes are not among them.
 */
final class PickleMachine {
  private static final int STOP = '.';
  private static final int HIGHEST_PROTOCOL = 5;

  private final PickleBytes in;
  private final PickleStack stack = new PickleStack();

  PickleMachine(ByteBuffer pickle) {
    this.in = new PickleBytes(pickle);
  }

  /** The one value that the pickle makes. Containers in it may hold themselves. */
  Object run() {
    int opcode = in.unsigned8();
    while (opcode != STOP) {
      step(opcode);
      opcode = in.unsigned8();
    }
    return stack.pop();
  }

  private void step(int opcode) {
    switch (opcode) {
      case 0x80 -> protocol(in.unsigned8());
      case 0x95 -> in.unsigned64(); // FRAME
      case '(' -> stack.mark();
      case '0' -> stack.pop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top()); // DUP
      case 'q' -> stack.put(in.unsigned8());
      case 'r' -> stack.put(in.unsigned32());
      case 0x94 -> stack.memoize();
      case 'h' -> stack.get(in.unsigned8());
      case 'j' -> stack.get(in.unsigned32());
      case 'c' -> global(in.line(), in.line());
      case 'i' -> instance(in.line(), in.line());
      case 0x93 -> stackGlobal();
      case 'Q' -> stack.push(storage(stack.pop(List.class)));
      case 'R' -> reduce();
      case 'b' -> build();
      default -> container(opcode);
    }
  }

  private static void protocol(int version) {
    if (version > HIGHEST_PROTOCOL) {
      throw new TorchFormatException("the pickle is of protocol %d".formatted(version));
    }
  }

  private void global(String module, String name) {
    stack.push(PickleGlobals.find(module, name));
  }

  /** Protocol 0: makes an object of a class by name. None of the names we know is one. */
  private static void instance(String module, String name) {
    PickleGlobals.find(module, name);
    throw unknown('i');
  }

  private void stackGlobal() {
    String name = stack.pop(String.class);
    String module = stack.pop(String.class);
    global(module, name);
  }

  /** ("storage", type, key, device, elements) */
  private static TorchStorage storage(List<?> id) {
    if (id.size() == 5
        && id.get(0).equals("storage")
        && id.get(1) instanceof StoredType type
        && id.get(2) instanceof String key
        && id.get(4) instanceof Long elements) {
      return new TorchStorage(type, shown(key), elements);
    }
    throw new TorchFormatException("the pickle has an id that is no storage's");
  }

  private void reduce() {
    List<?> arguments = stack.pop(List.class);
    stack.push(stack.pop(PickleFunction.class).call(arguments));
  }

  /** Attributes of a dictionary, such as a state_dict's _metadata: dropped. */
  private void build() {
    stack.pop(Map.class);
    stack.top(Map.class);
  }

  private void container(int opcode) {
    switch (opcode) {
      case '}' -> stack.push(new LinkedHashMap<>());
      case ']' -> stack.push(new ArrayList<>(0));
      case ')' -> stack.push(List.of());
      case 't' -> tuple(stack.popToMark());
      case 0x85 -> tuple(stack.pop(1));
      case 0x86 -> tuple(stack.pop(2));
      case 0x87 -> tuple(stack.pop(3));
      case 'a' -> append(stack.pop(1));
      case 'e' -> append(stack.popToMark());
      case 's' -> set(stack.pop(2));
      case 'u' -> set(stack.popToMark());
      default -> scalar(opcode);
    }
  }

  private void tuple(List<Object> items) {
    stack.push(Collections.unmodifiableList(items));
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> items) {
    if (!(stack.top() instanceof ArrayList<?> list)) {
      throw new TorchFormatException("the pickle appends to what is no list");
    }
    ((List<Object>) list).addAll(items);
  }

  @SuppressWarnings("unchecked")
  private void set(List<Object> items) {
    Map<Object, Object> map = stack.top(Map.class);
    if (items.size() % 2 != 0) {
      throw new TorchFormatException("the pickle has a key without a value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
        throw new TorchFormatException("a dictionary's key is neither a text nor a number");
      }
      if (map.put(key, items.get(i + 1)) != null) {
        throw new TorchFormatException(
            "a dictionary has the key %s twice".formatted(shown(key.toString())));
      }
    }
  }

  private void scalar(int opcode) {
    switch (opcode) {
      case 'N' -> stack.push(PickleNone.NONE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'K' -> stack.push((long) in.unsigned8());
      case 'M' -> stack.push((long) in.unsigned16());
      case 'J' -> stack.push((long) in.signed32());
      case 0x8a -> stack.push(in.integer(in.unsigned8())); // LONG1
      case 'G' -> stack.push(in.float64());
      case 0x8c -> stack.push(in.text(in.unsigned8()));
      case 'X' -> stack.push(in.text(in.unsigned32()));
      case 0x8d -> stack.push(in.text(in.unsigned64()));
      case 'C' -> stack.push(in.take(in.unsigned8()));
      case 'B' -> stack.push(in.take(in.unsigned32()));
      case 0x8e -> stack.push(in.take(in.unsigned64()));
      default -> throw unknown(opcode);
    }
  }

  private static TorchFormatException unknown(int opcode) {
    return new TorchFormatException(
        "the pickle uses opcode 0x%02x, which no checkpoint of plain tensors needs"
            .formatted(opcode));
  }
}

package dev.flamingostreams.checkpoints;

import static dev.flamingostreams.checkpoints.TorchFormatException.shown;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The only names a pickle may use. What stands for one is a {@link PickleFunction}, the {@link
 * StoredType} of a storage, or, for an element type, its name; nothing is ever looked up.
 */
final class PickleGlobals {
  private static final Map<String, StoredType> STORAGES =
      Map.of(
          "DoubleStorage", StoredType.F64,
          "FloatStorage", StoredType.F32,
          "HalfStorage", StoredType.F16,
          "BFloat16Storage", StoredType.BF16,
          "LongStorage", StoredType.I64,
          "IntStorage", StoredType.I32,
          "ShortStorage", StoredType.I16,
          "CharStorage", StoredType.I8,
          "ByteStorage", StoredType.U8,
          "BoolStorage", StoredType.BOOL);

  private static final Set<String> ELEMENT_TYPES =
      Set.of(
          "float64",
          "float32",
          "float16",
          "bfloat16",
          "int64",
          "int32",
          "int16",
          "int8",
          "uint8",
          "bool");

  private static final Map<String, Object> NAMES = names();

  private PickleGlobals() {}

  private static Map<String, Object> names() {
    Map<String, Object> names = new HashMap<>();
    for (PickleFunction function : PickleFunction.values()) {
      names.put(function.global(), function);
    }
    STORAGES.forEach((name, type) -> names.put("torch." + name, type));
    ELEMENT_TYPES.forEach(name -> names.put("torch." + name, name));
    return names;
  }

  static Object find(String module, String name) {
    String global = module + "." + name;
    Object found = NAMES.get(global);
    if (found == null) {
      throw new TorchFormatException(
          ("the pickle names %s, which is neither a plain tensor nor a plain container: save the"
                  + " model's state_dict() and nothing else")
              .formatted(shown(global)));
    }
    return found;
  }
}

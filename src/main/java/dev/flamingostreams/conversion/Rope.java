package dev.flamingostreams.conversion;

/** Rotary settings, which transformers keeps in different places since version 5. */
record Rope(double base, double fraction) {

  /**
   * @param baseKey what the config calls it before version 5
   * @param fractionKey the same
   * @param fraction of each head that is rotated, if the config does not say
   */
  static Rope of(Settings config, String baseKey, String fractionKey, double fraction) {
    config.none("rope_scaling");
    Settings rope = config.at("rope_parameters").only("rope_type", "default");
    return new Rope(
        rope.number("rope_theta", config.number(baseKey, 10000)),
        rope.number("partial_rotary_factor", config.number(fractionKey, fraction)));
  }
}

package dev.flamingostreams.plugin;

import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** What stands between our nodes and the application they are in. */
interface Guard {
  /** Our own application: what fails, fails. */
  Guard NONE =
      new Guard() {
        @Override
        public <A, B, C, D> ProcessorSupplier<A, B, C, D> around(
            ProcessorSupplier<A, B, C, D> ours) {
          return ours;
        }

        @Override
        public int mostBytes() {
          return Integer.MAX_VALUE;
        }
      };

  /** The same processors, guarded. */
  <A, B, C, D> ProcessorSupplier<A, B, C, D> around(ProcessorSupplier<A, B, C, D> ours);

  /** The largest record that may be stored or passed on. */
  int mostBytes();
}

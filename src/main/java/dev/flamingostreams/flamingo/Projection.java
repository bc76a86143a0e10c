package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;

/** {@code [..., in] -> [..., out]}, each row by itself. */
interface Projection {
  Tensor forward(Tensor x);

  default Projection then(Projection next) {
    return x -> next.forward(forward(x));
  }
}

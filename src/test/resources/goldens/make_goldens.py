"""Makes the goldens: tiny random models, run by the reference implementations. See README.md."""

import sys
import warnings

import torch

import reference  # noqa: F401  installs what the references miss, before anything else is imported
import language


def main():
    warnings.filterwarnings("ignore")
    torch.manual_seed(0)
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    goldens = language.GOLDENS
    for name in sys.argv[1:] or goldens:
        goldens[name](name)


if __name__ == "__main__":
    main()

"""Makes the goldens: tiny random models, run by the reference implementations. See README.md."""

import functools
import logging
import sys
import warnings

import torch

import reference  # noqa: F401  installs what the references miss, before anything else is imported
import flamingomini
import language
import openflamingo


def main():
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    torch.manual_seed(0)
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    goldens = dict(language.GOLDENS)
    for family in (openflamingo, flamingomini):
        goldens.update({name: functools.partial(family.golden, spec=spec) for name, spec in family.GOLDENS.items()})
    for name in sys.argv[1:] or goldens:
        goldens[name](name)


if __name__ == "__main__":
    main()

"""What is recorded of a language model: logits, greedy and beam search, likelihoods; and the checks made on them."""

import torch

NEW_TOKENS = 12

RUNS = {
    "greedy": {},
    "greedy-norepeat2": {"no_repeat_ngram_size": 2},
    "greedy-min4": {"min_new_tokens": 4},
    "beam3": {"num_beams": 3, "length_penalty": 1.0},
    "beam3-length0": {"num_beams": 3, "length_penalty": 0.0},
    "beam3-norepeat2": {"num_beams": 3, "length_penalty": 1.0, "no_repeat_ngram_size": 2},
    "beam3-min4": {"num_beams": 3, "length_penalty": 1.0, "min_new_tokens": 4},
}
BRIEF_RUNS = ("greedy", "beam3")


class Uncertain(Exception):
    """The numbers are too close to a tie, or too dull: another seed will do."""


def options(run, end, pad):
    chosen = dict(RUNS[run])
    if "num_beams" in chosen:
        chosen.update(early_stopping=False, num_return_sequences=3)
    return dict(
        max_new_tokens=NEW_TOKENS,
        do_sample=False,
        eos_token_id=end,
        pad_token_id=pad,
        return_dict_in_generate=True,
        output_scores=True,
        **chosen,
    )


def record_runs(golden, prefix, ids, generate, generate_exactly, end, pad, runs=tuple(RUNS), never=()):
    """generate(ids, **options) in float32; generate_exactly the same in float64, which must choose the same tokens."""
    for run in runs:
        chosen = options(run, end, pad)
        output = generate(ids, **chosen)
        exact = generate_exactly(ids, **chosen)
        if not torch.equal(output.sequences, exact.sequences):
            raise Uncertain(f"{run}: float32 and float64 differ")
        if any((output.sequences[:, ids.shape[1] :] == token).any() for token in never):
            raise Uncertain(f"{run}: a token that must not be said")
        golden.runs[run] = {key: value for key, value in chosen.items() if not key.startswith(("return_dict", "output_"))}
        about = f"generate, {run}: the prompt and what follows it, best first, filled with pad (with end if pad is 0)"
        golden.put(f"{prefix}{run}.sequences", output.sequences, about)
        if "num_beams" in chosen:
            check_order(output.sequences_scores)
            about = "score of each sequence: sum of log-probabilities / (new tokens ^ length penalty)"
            golden.put(f"{prefix}{run}.scores", output.sequences_scores, about)
        else:
            logprobs = greedy_logprobs(output, ids.shape[1])
            golden.put(f"{prefix}{run}.logprobs", logprobs, "log-probability of each new token, after the processors")


def check_order(scores):
    if (scores[:-1] - scores[1:]).min() < 1e-3:
        raise Uncertain("two beams with nearly the same score")


def greedy_logprobs(output, prompt):
    new = output.sequences[0, prompt:]
    logits = torch.stack(output.scores)[:, 0]
    best = logits.topk(2).values
    if (best[:, 0] - best[:, 1]).min() < 2e-3:
        raise Uncertain("two tokens with nearly the same logit")
    return torch.log_softmax(logits, dim=-1).gather(1, new[:, None])[:, 0]


def label_likelihood(logits, label):
    """logits [1,L,V] of a prompt followed by the label [K]: the sum of the label's log-probabilities."""
    logprobs = torch.log_softmax(logits[0, -len(label) - 1 : -1], dim=-1)
    return logprobs.gather(1, label[:, None]).sum()


def check_lively(golden, prefixes, prompts, end):
    """Some sequence must end early, and none may say one token over and over."""
    early = 0
    for prefix, ids in zip(prefixes, prompts):
        new = golden.tensors[f"{prefix}greedy.sequences"][0, ids.shape[1] :].tolist()
        early += new[-1] == end and len(new) < NEW_TOKENS
        beams = golden.tensors[f"{prefix}beam3.sequences"][:, ids.shape[1] :]
        early += bool((beams[0] == end).any())
        require_varied(new)
    if not early:
        raise Uncertain("nothing ends early")


def require_varied(new):
    if len(new) < 3 or len(set(new)) < min(len(new), 5):
        raise Uncertain("dull")


def relative(value, reference):
    value, reference = value.double(), reference.double()
    return ((value - reference).norm() / reference.norm()).item()


def require_close(name, value, reference):
    """Far apart means that something is wrong, a little apart that these weights magnify rounding."""
    error = relative(value, reference)
    assert error < 1e-3, f"{name}: {error}"
    if error > 3e-6:
        raise Uncertain(f"{name}: {error}")
    return float(f"{error:.1e}")

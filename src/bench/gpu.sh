#!/bin/sh
# Measures models on the GPU of this machine, and prints a line of JSON for each thing measured:
#   the engine's agreement with the CPU, the engine, PyTorch eager on the same clips, the ceilings and the floor;
# then one for each model of what that comes to: times faster than PyTorch, shares of the ceilings, and whether that,
# and the agreement, is what is asked. The lines are in target/bench/gpu.jsonl too: `flamingo model bench-summary`.
# Usage: src/bench/gpu.sh [MODEL [FRAMES [BATCHES]]]
#   MODEL: a directory, a name in models, or openflamingo-3b, which is drawn at random into target/bench once, 10 GB;
#   without, default and then openflamingo-3b. Others than openflamingo-3b are compared with the CPU.
# Needs the GPU distribution (mvn -Pgpu package), in FLAMINGO if elsewhere; PyTorch is used if PYTHON (python3) has it.
# ENGINE=onnxruntime measures that of mvn -Pcuda package; CUDA_VISIBLE_DEVICES names the GPU where there are several.
# Ends with 1 if something could not be measured, which standard error tells.
unset CDPATH
root=$(cd "$(dirname "$0")/../.." && pwd -P) || exit 1
named=${FLAMINGO:-$root/target/flamingo-streams/bin/flamingo}
python=${PYTHON:-python3}
engine=${ENGINE:-tensorrt}
frames=${2:-8,30}
batches=${3:-1,8,16}
work=$root/target/bench
lines=$work/gpu.jsonl
failure=$work/failure
failed=0

refuse() {
  echo "gpu.sh: $1" >&2
  exit 1
}

missing() {
  echo "gpu.sh: not measured: $1" >&2
  failed=1
}

# Shows the lines that a command prints, keeps them, and fails as it does: sh knows no pipefail.
keep() {
  { "$@" || : >"$failure"; } | tee -a "$lines"
  ! rm "$failure" 2>/dev/null
}

# The directory of a model: as flamingo finds it, since the scripts in Python take no names.
directory() {
  for found in "$1" "$models/$1"; do
    [ ! -d "$found" ] || break
  done
  [ -f "$found/config.json" ] || refuse "there is no model $1, here or in $models: name one, or a directory with its config.json"
  echo "$found"
}

drawn() {
  # What has no config was left by something that was ended.
  [ -f "$work/$1/config.json" ] || "$flamingo" model random "$1" --force --out "$work/$1" >&2
}

measure() { # NAME DIRECTORY CLIPS
  saved=$work/clips-$(basename "$2")
  keep "$flamingo" model bench-engine --engine "$engine" --device cuda --model "$2" --frames "$frames" \
    --batch "$batches" --clips "$3" --save-clips "$saved" || missing "$engine on $1"
  if [ $torch = no ]; then
    missing "PyTorch on $1 and the ceilings: $python has no torch that sees a GPU"
    return
  fi
  keep "$python" "$root/src/bench/eager.py" --model "$2" --clips "$saved" --frames "$frames" --batch "$batches" \
    || missing "PyTorch on $1"
  # How many tokens PyTorch wrote is how many the floor is computed for.
  keep "$python" "$root/src/bench/floor.py" --config "$2/config.json" --eager "$lines" --frames "$frames" \
    --batch "$batches" || missing "the ceilings and the floor of $1"
}

random() {
  if drawn "$1"; then
    measure "$1" "$work/$1" 0 # drawn at random, its texts say nothing
  else
    missing "$1: it could not be drawn"
  fi
}

flamingo=$(command -v "$named") || refuse "there is no $named; build it with mvn -Pgpu package, or name it in FLAMINGO"
models=$(dirname "$(dirname "$(readlink -f "$flamingo")")")/models
mkdir -p "$work" && : >"$lines" && rm -f "$failure" || exit 1
torch=no
! "$python" -c 'import sys, torch; sys.exit(not torch.cuda.is_available())' 2>/dev/null || torch=yes

if [ "$1" = openflamingo-3b ]; then
  random "$1"
else
  model=$(directory "${1:-default}") || exit 1
  measure "${1:-default}" "$model" 200
fi
if [ $# = 0 ]; then
  if [ -s "$lines" ]; then
    random openflamingo-3b
  else
    missing "openflamingo-3b: its 10 GB are drawn only where something of default is measured"
  fi
fi
if [ -s "$lines" ]; then
  "$flamingo" model bench-summary "$lines" || missing "what it comes to"
fi
exit $failed

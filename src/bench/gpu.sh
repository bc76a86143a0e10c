#!/bin/sh
# Measures a model on the GPU of this machine, a line of JSON for each thing measured:
#   TensorRT's agreement with the CPU, TensorRT, PyTorch eager on the same clips, the ceilings and the floor.
# Usage: src/bench/gpu.sh [MODEL [FRAMES [BATCHES]]]    MODEL: a directory, or openflamingo-3b
# Needs the GPU distribution (mvn -Pgpu package); PyTorch is used if PYTHON (python3) has it.
# The model openflamingo-3b is drawn at random into target/bench once: 10 GB.
unset CDPATH
root=$(cd "$(dirname "$0")/../.." && pwd -P) || exit 1
flamingo=${FLAMINGO:-$root/target/flamingo-streams/bin/flamingo}
python=${PYTHON:-python3}
model=${1:-$root/src/main/models/default}
frames=${2:-8,30}
batches=${3:-1,8,16}
failed=0

missing() {
  echo "gpu.sh: not measured: $1" >&2
  failed=1
}

if [ ! -x "$flamingo" ]; then
  echo "gpu.sh: there is no $flamingo; build it with mvn -Pgpu package, or name it in FLAMINGO" >&2
  exit 1
fi
clips=200
if [ "$model" = openflamingo-3b ]; then
  clips=0 # drawn at random, it says nothing
  model=$root/target/bench/openflamingo-3b
  [ -d "$model" ] || "$flamingo" model random openflamingo-3b --out "$model" >&2 || exit 1
fi

saved=$root/target/bench/clips-$(basename "$model")
"$flamingo" model bench-engine --engine tensorrt --model "$model" --frames "$frames" \
  --batch "$batches" --clips $clips --save-clips "$saved" || missing "TensorRT"

if "$python" -c 'import sys, torch; sys.exit(not torch.cuda.is_available())' 2>/dev/null; then
  # Its texts say how many tokens the floor is to be computed for.
  eager=$saved/eager.jsonl
  mkdir -p "$saved"
  "$python" "$root/src/bench/eager.py" --model "$model" --clips "$saved" \
    --frames "$frames" --batch "$batches" >"$eager" || missing "PyTorch"
  cat "$eager"
  "$python" "$root/src/bench/floor.py" --config "$model/config.json" --eager "$eager" \
    --frames "$frames" --batch "$batches" || missing "the ceilings and the floor"
else
  missing "PyTorch and the ceilings: $python has no torch that sees a GPU"
fi
exit $failed

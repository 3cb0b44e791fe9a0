#!/usr/bin/env bash
# Measures whether a long queue is slower than a short one: how many messages a second leave while
# ten thousand are queued, and while a million are, in a JVM with 128 MB of heap. As many are delivered
# of both, each after a warm-up of 40,000, since the engine has to be compiled first. Prints an object
# for each and then the ratio.
#
#   docs/benchmarks/backlog.sh [FEW [MANY [DELIVER [SIZE]]]]
#
# FEW, MANY: messages queued (10000, 1000000). DELIVER: how many of them leave (FEW). SIZE in octets (1024).
# OPTIONS: more for mx bench relay, such as '--domains 100'. MX: the command, where it is not the jar. The
# queue is an SQLite file in the folder for files, of about 2 GB for a million messages of 1 KiB.
set -euo pipefail
few=${1:-10000} many=${2:-1000000} deliver=${3:-${1:-10000}} size=${4:-1024}
here=$(cd "$(dirname "$0")/../.." && pwd)
mx=${MX:-java -Xmx128m -jar $here/mx-examples/target/mx.jar}

measure() { # MESSAGES; prints the round that counts
  # shellcheck disable=SC2086 # words of a command, and options
  $mx bench relay --json --backlog --messages "$1" --deliver "$deliver" --size "$size" \
    --submitters 64 --warm-up 40000 --rounds 1 ${OPTIONS:-} | tail -n 1
}

per_second() { sed -n 's/.*"perSecond":\([0-9]*\).*/\1/p' <<<"$1"; }

short=$(measure "$few") && echo "$short"
long=$(measure "$many") && echo "$long"
awk -v few="$few" -v many="$many" -v a="$(per_second "$short")" -v b="$(per_second "$long")" 'BEGIN {
  printf "{\"few\":%d,\"many\":%d,\"fewPerSecond\":%d,\"manyPerSecond\":%d,\"ratio\":%.2f}\n", few, many, a, b, b / a }'

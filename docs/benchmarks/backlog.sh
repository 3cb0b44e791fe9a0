#!/usr/bin/env bash
# Measures whether a long queue is slower than a short one: how many messages a second leave while
# ten thousand are queued, and while a million are, in a JVM with 128 MB of heap. As many are delivered
# of both, each after a warm-up of 40,000, since the engine has to be compiled first. Prints an object
# for each and then the ratios, of messages a second and of CPU-seconds a thousand.
#
#   docs/benchmarks/backlog.sh [FEW [MANY [DELIVER [SIZE]]]]
#
# FEW, MANY: messages queued (10000, 1000000). DELIVER: how many of them leave (FEW). SIZE in octets (1024).
# WARM_UP: its messages (40000). OPTIONS: more for mx bench relay, such as '--domains 100'. MX: the command,
# where it is not the jar. The queue is an SQLite file in the folder for files, of about 2 GB for a million
# messages of 1 KiB.
set -euo pipefail
few=${1:-10000} many=${2:-1000000} deliver=${3:-${1:-10000}} size=${4:-1024}
here=$(cd "$(dirname "$0")/../.." && pwd)
mx=${MX:-java -Xmx128m -jar $here/mx-examples/target/mx.jar}

measure() { # MESSAGES; prints the round that counts
  # shellcheck disable=SC2086 # words of a command, and options
  $mx bench relay --json --backlog --messages "$1" --deliver "$deliver" --size "$size" \
    --submitters 64 --warm-up "${WARM_UP:-40000}" --rounds 1 ${OPTIONS:-} | tail -n 1
}

field() { sed -n "s/.*\"$2\":\([0-9.]*\).*/\1/p" <<<"$1"; }

short=$(measure "$few")
echo "$short"
long=$(measure "$many")
echo "$long"
awk -v few="$few" -v many="$many" -v a="$(field "$short" perSecond)" -v b="$(field "$long" perSecond)" \
  -v c="$(field "$short" cpuSecondsPerThousand)" -v d="$(field "$long" cpuSecondsPerThousand)" 'BEGIN {
  printf "{\"few\":%d,\"many\":%d,\"fewPerSecond\":%d,\"manyPerSecond\":%d,\"ratio\":%.2f,", few, many, a, b, b / a
  printf "\"fewCpuPerThousand\":%s,\"manyCpuPerThousand\":%s,\"cpuRatio\":%.2f}\n", c, d, d / c }'

#!/usr/bin/env bash
# Measures the whole way (durable acceptance, routing, delivery, stored outcome) of mxrelay and of
# Debian's Postfix in turns on one machine, and prints the ratios. Both ask the same Knot for the MX
# records and deliver to the same kind of smtp-sink on port 25 of a loopback address.
#
#   docs/benchmarks/relay-against-postfix.sh [MESSAGES [SIZE [DOMAINS [ROUNDS]]]]
#
# MESSAGES: of Postfix a round (default 6000); mxrelay gets ten times as many. SIZE in octets (4096).
# DOMAINS: 1 or more (1). ROUNDS: of each (3). TUNED=1: Postfix with more processes.
# Needs root, Debian's postfix and knot, and mx-examples/target/mx.jar. Nothing outside a temporary
# folder is changed: /etc/resolv.conf is replaced in a mount namespace of the script's own.
set -euo pipefail
if [ "${1:-}" != --inside ]; then
  exec unshare --mount --propagation private "$0" --inside "$@"
fi
shift
messages=${1:-6000} size=${2:-4096} domains=${3:-1} rounds=${4:-3}
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d) && chmod 755 "$work"
dns=127.0.0.53 sink=127.0.0.2 postfix=127.0.0.4

start_dns() {
  { printf '$ORIGIN bench.example.\n$TTL 3600\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\n'
    printf 'ns A 127.0.0.1\nmx A %s\n' "$sink"
    for ((i = 0; i < domains; i++)); do echo "d$i MX 10 mx"; done; } >"$work/bench.example.zone"
  cat >"$work/knot.conf" <<CONF
server:
    listen: $dns@53
    rundir: $work
database:
    storage: $work
log:
  - target: stderr
    any: warning
zone:
  - domain: bench.example
    file: $work/bench.example.zone
CONF
  knotd -c "$work/knot.conf" & echo $! >"$work/dns.pid"
  echo "nameserver $dns" >"$work/resolv.conf"
  mount --bind "$work/resolv.conf" /etc/resolv.conf
}

start_sink() {
  smtp-sink -u nobody "$sink:25" 1000 & echo $! >"$work/sink.pid"
  until (: >"/dev/tcp/$sink/25") 2>/dev/null; do sleep 0.1; done
}

# As Debian ships it, with folders and an address of its own.
start_postfix() {
  mkdir -p "$work"/{conf,queue/etc,data} && chown postfix "$work/data"
  cp /etc/resolv.conf /etc/services /etc/hosts /etc/nsswitch.conf "$work/queue/etc/"
  sed "s/^smtp  *inet/$postfix:25 inet/" /usr/share/postfix/master.cf.dist >"$work/conf/master.cf"
  grep -q '^postlog' "$work/conf/master.cf" ||
    echo 'postlog unix-dgram n - n - 1 postlogd' >>"$work/conf/master.cf"
  cat >"$work/conf/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $work/queue
data_directory = $work/data
maillog_file = $work/maillog
maillog_file_prefixes = $work
myhostname = postfix.bench.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
smtp_tls_security_level = none
smtpd_relay_restrictions = permit_mynetworks, reject
${TUNED:+default_process_limit = 300
default_destination_concurrency_limit = 100
initial_destination_concurrency = 50
in_flow_delay = 0}
CONF
  local group
  group=$(cgroup) && (echo "$BASHPID" >"$group/cgroup.procs" && postfix -c "$work/conf" start) >"$work/start.log" 2>&1 || { cat "$work/start.log" >&2; return 1; }
}

cgroup() {
  local base=/sys/fs/cgroup
  [ -d $base/cpuacct ] && base=$base/cpuacct
  mkdir -p $base/mx-bench-postfix && echo $base/mx-bench-postfix
}

cpu_seconds() { # of Postfix and its children
  local group
  group=$(cgroup)
  if [ -f "$group/cpuacct.usage" ]; then
    awk '{printf "%.3f", $1 / 1e9}' "$group/cpuacct.usage"
  else
    awk '/^usage_usec/ {printf "%.3f", $2 / 1e6}' "$group/cpu.stat"
  fi
}

sent() { grep -c 'status=sent' "$work/maillog" || true; }

# Prints messages a second and CPU-seconds a thousand.
measure_postfix() {
  local before cpu from
  before=$(sent) cpu=$(cpu_seconds) from=$(date +%s.%N)
  if [ "$domains" = 1 ]; then
    smtp-source -d -N -s 16 -m "$messages" -l "$size" -f a@client.example \
      -t ann@d0.bench.example "$postfix:25"
  else
    seq 0 $((domains - 1)) | xargs -P 16 -I{} smtp-source -d -m $((messages / domains)) -l "$size" \
      -f a@client.example -t "ann@d{}.bench.example" "$postfix:25"
  fi
  local goal=$((before + messages / domains * domains))
  until [ "$(sent)" -ge "$goal" ]; do sleep 0.05; done
  awk -v n=$((goal - before)) -v a="$from" -v b="$(date +%s.%N)" -v c="$cpu" -v d="$(cpu_seconds)" \
    'BEGIN {printf "%.0f %.3f\n", n / (b - a), (d - c) * 1000 / n}'
}

measure_mxrelay() {
  java -jar "$here/mx-examples/target/mx.jar" bench relay --json --dns "$dns:53" --sink "$sink:25" \
    --domains "$domains" --size "$size" --messages $((messages * 10)) --rounds 2 |
    sed -n '$s/.*"perSecond":\([0-9.]*\),"cpuSecondsPerThousand":\([0-9.]*\).*/\1 \2/p'
}

end() {
  postfix -c "$work/conf" stop 2>/dev/null || true
  for name in dns sink; do [ -f "$work/$name.pid" ] && kill "$(cat "$work/$name.pid")" || true; done
  umount /etc/resolv.conf || true
  sleep 1 # for the last of their files
  rm -rf "$work"
}
trap end EXIT

start_dns
start_sink
start_postfix
measure_postfix >/dev/null # both are measured warm
for ((round = 1; round <= rounds; round++)); do
  read -r a b <<<"$(measure_postfix)"
  read -r c d <<<"$(measure_mxrelay)"
  echo "$a $b $c $d" | tee -a "$work/results" | awk -v r="$round" -v s="$size" -v n="$domains" '{
    printf "{\"round\":%d,\"size\":%d,\"domains\":%d,\"postfixPerSecond\":%s,\"postfixCpuPerThousand\":%s,", r, s, n, $1, $2
    printf "\"mxrelayPerSecond\":%s,\"mxrelayCpuPerThousand\":%s,\"ratio\":%.1f,\"cpuRatio\":%.1f}\n", $3, $4, $3 / $1, $2 / $4 }'
done
awk '{print $3 / $1}' "$work/results" | sort -n | awk '{v[NR] = $1} END {
  printf "{\"medianRatio\":%.1f,\"least\":%.1f,\"most\":%.1f}\n", v[int((NR + 1) / 2)], v[1], v[NR]}'

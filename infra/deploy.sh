#!/usr/bin/env bash
# Brings one environment to what is checked out. docs/deploy.md explains it step by step.
#
#   infra/deploy.sh bootstrap ENV     once: the project's state bucket, APIs and Google's own agents
#   infra/deploy.sh plan ENV          build, and say what would change
#   infra/deploy.sh apply ENV         build, change it, then smoke; the plan that was shown is the one applied
#   infra/deploy.sh smoke ENV         ask every route of the release that runs, from outside
#   infra/deploy.sh seed ENV          invented patients and the customer's test directory; never in production
#   infra/deploy.sh rollback ENV      back to the release before, without building
#   infra/deploy.sh releases ENV      what was deployed when
#
# ENV is a file of infra/terraform/environments. Terraform keeps the order: keys and database, indexes, functions,
# then what calls them. VISITA_TERRAFORM=tofu uses OpenTofu.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly TERRAFORM=${VISITA_TERRAFORM:-terraform}
readonly PYTHON=${VISITA_PYTHON:-.venv/bin/python}
readonly FOLDER=infra/terraform
readonly GENERATED=infra/generated/functions.auto.tfvars.json
readonly STORED=infra/stored.json

# shellcheck source=infra/deploy_releases.sh
source infra/deploy_releases.sh

say() { printf '%s\n' "$*" >&2; }
die() { say "deploy.sh: $1"; exit "${2:-2}"; }
usage() { sed -n '2,13p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//'; exit 2; }

setting() { sed -n "s/^$1 *= *\"\(.*\)\".*/\1/p" "$VARS"; }

needs() { command -v "$1" >/dev/null || die "$1 is not installed: $2"; }

# Deployed is what is committed: a release is named by its commit.
release() {
  [[ -z "$(git status --porcelain --untracked-files=no)" ]] || die "commit first: a release is named by its commit" 1
  git rev-parse --short=12 HEAD
}

init() {
  TF_DATA_DIR="$PWD/build/terraform-$ENVIRONMENT" "$TERRAFORM" -chdir="$FOLDER" init -input=false -reconfigure \
    -backend-config="bucket=$STATE" -backend-config="prefix=visita" >/dev/null
}

tf() { TF_DATA_DIR="$PWD/build/terraform-$ENVIRONMENT" "$TERRAFORM" -chdir="$FOLDER" "$@"; }

bootstrap() {
  needs gcloud "https://cloud.google.com/sdk/docs/install"
  gcloud services enable --project "$PROJECT" serviceusage.googleapis.com cloudresourcemanager.googleapis.com \
    storage.googleapis.com pubsub.googleapis.com firestore.googleapis.com secretmanager.googleapis.com \
    artifactregistry.googleapis.com cloudkms.googleapis.com iam.googleapis.com compute.googleapis.com
  gcloud storage buckets describe "gs://$STATE" --project "$PROJECT" >/dev/null 2>&1 \
    || gcloud storage buckets create "gs://$STATE" --project "$PROJECT" --location "$REGION" \
      --uniform-bucket-level-access --public-access-prevention
  gcloud storage buckets update "gs://$STATE" --versioning
  # Keys are handed to these agents; they are made when they are first asked for.
  local one
  for one in pubsub firestore secretmanager artifactregistry; do
    gcloud beta services identity create --project "$PROJECT" --service "$one.googleapis.com"
  done
  gcloud storage service-agent --project "$PROJECT"
  # What holds archives, images and secrets, and who builds, must be there before the first of them.
  init
  # Log metrics too: Monitoring knows a new one only after some minutes, and refuses its alert until then.
  tf apply "${files[@]}" -target=module.keys -target=module.delivery -target=module.secrets -target=module.identities \
    -target=module.sight.google_logging_metric.line -target=module.sight.google_logging_metric.gauge
}

build() {
  RELEASE=$(release)
  "$PYTHON" -m infra.render --check >/dev/null || die "infra/generated is stale: python -m infra.render" 1
  if [[ "$DELIVERY" == image ]]; then
    local place="$REGION-docker.pkg.dev/$PROJECT/visita/visita:$RELEASE" digest
    gcloud artifacts docker images describe "$place" >/dev/null 2>&1 || build_image "$place"
    digest=$(gcloud artifacts docker images describe "$place" --format 'value(image_summary.digest)')
    ARTIFACT=(-var "image=${place%:*}@$digest")
  else
    local path
    path=$("$PYTHON" -m infra.archive build) || die "the archive could not be built" 1
    gcloud storage cp --no-clobber "$path" "gs://$PROJECT-source/"
    ARTIFACT=(-var "archive=$(basename "$path")")
  fi
}

# What is committed and nothing that lies beside it. Staged in our own bucket: the default one is not in the EU.
build_image() {
  local source="$PWD/build/$RELEASE.tar.gz"
  git archive --format=tar.gz --output "$source" HEAD Dockerfile requirements.txt main.py functions shared
  gcloud builds submit "$source" --project "$PROJECT" --region "$REGION" --config infra/cloudbuild.yaml \
    --substitutions "_IMAGE=$1,_RELEASE=$RELEASE" --gcs-source-staging-dir "gs://$PROJECT-source/build"
}

plan() {
  init
  may_follow
  build
  tf plan -input=false "${files[@]}" "${ARTIFACT[@]}" -var "release=$RELEASE" -out "$PWD/build/$ENVIRONMENT.tfplan"
  local figures
  figures=$(tf show -no-color "$PWD/build/$ENVIRONMENT.tfplan" | grep -E '^(Plan:|No changes)') || figures="Plan: outputs alone"
  printf '%s\n' "$ENVIRONMENT, release $RELEASE. $figures"
}

apply() {
  plan
  agree "Apply this"
  # Noted first: an apply that stops in the middle is what a rollback must come back from.
  note "$RELEASE" "${ARTIFACT[1]}"
  tf apply -input=false "$PWD/build/$ENVIRONMENT.tfplan"
  ask_all "$RELEASE" "$GENERATED"
}

agree() {
  [[ "${CI:-}" == true ]] && return
  local answer
  read -r -p "$1 to $PROJECT? [yes] " answer
  [[ "$answer" == yes ]] || die "nothing was changed" 1
}

ask_all() { "$PYTHON" -m infra.smoke "https://$DOMAIN" --release "$1" --declared "$2"; }

# Not what is checked out: what was deployed last, forth or back.
smoke() {
  local line release declared="$PWD/build/$ENVIRONMENT-running.tfvars.json"
  line=$(running) || die "the list of releases cannot be read" 1
  [[ -n "$line" ]] || die "nothing was deployed yet" 1
  read -r _ release _ <<<"$line"
  is_here "$release"
  git show "$release:$GENERATED" >"$declared"
  ask_all "$release" "$declared"
}

# Whom nobody is. Where people are, somebody invented would be one of them.
seed() {
  [[ "$(setting environment) $ENVIRONMENT" != *production* ]] || die "nobody is invented in production" 1
  [[ -n "${VISITA_TOKEN:-}" && -n "${VISITA_ADMIN_TOKEN:-}" ]] \
    || die "VISITA_TOKEN of an operator and VISITA_ADMIN_TOKEN of an administrator are wanted, from the app" 2
  needs gcloud "https://cloud.google.com/sdk/docs/install"
  gcloud scheduler jobs run directory-sync-directory --project "$PROJECT" --location "$REGION"
  "$PYTHON" -m infra.seed "https://$DOMAIN"
}

# Code, functions and routes go back. Indexes, queues, topics and settings are those of the checkout: readers accept
# n and n-1.
rollback() {
  local line before artifact then="$PWD/build/$ENVIRONMENT-before.json" declared="$PWD/build/$ENVIRONMENT-back.tfvars.json"
  line=$(before_this_one) || die "the list of releases cannot be read" 1
  [[ -n "$line" ]] || die "there is no release before this one" 1
  read -r _ before artifact _ <<<"$line"
  is_here "$before"
  git show "$before:$GENERATED" >"$then"
  "$PYTHON" -m infra.going_back "$then" >"$declared"
  say "back to $before ($artifact)"
  agree "Bring that"
  init
  tf apply -input=false -auto-approve -var-file="$declared" -var-file="$PWD/$VARS" \
    -var "$artifact" -var "delivery=${artifact%%=*}" -var "release=$before"
  # Noted last: one that stopped in the middle is begun again, and goes to the same release.
  note "$before" "$artifact" back
  ask_all "$before" "$declared"
}

[[ $# -eq 2 ]] || usage
readonly ENVIRONMENT=$2 VARS="$FOLDER/environments/$2.tfvars"
[[ -f "$VARS" ]] || die "there is no $VARS; there is: $(cd "$FOLDER/environments" && echo ./*)"
PROJECT=$(setting project) DOMAIN=$(setting domain) REGION=$(setting region) DELIVERY=$(setting delivery)
DELIVERY=${DELIVERY:-image}
REGION=${REGION:-europe-central2}
STATE="$PROJECT-terraform"
readonly PROJECT DOMAIN REGION DELIVERY STATE
files=(-var-file="$PWD/$GENERATED" -var-file="$PWD/$VARS")
mkdir -p build

case $1 in
  plan | apply | rollback | bootstrap) needs "$TERRAFORM" "https://developer.hashicorp.com/terraform/install" ;;&
  plan | apply | rollback | bootstrap | smoke | seed | releases) "$1" ;;
  *) usage ;;
esac

# Who functions run as, one account for each kind of trigger, and who may call the inner ones.

variable "project" {
  description = "The Google Cloud project."
  type        = string
}

variable "functions" {
  description = "By entry point: the kind of account it runs as, and the account that alone may call it."
  type        = map(object({ runs_as = string, invoker = string }))
}

variable "pushes" {
  description = "Whether tasks send push messages by Firebase (VISITA_PUSH=fcm)."
  type        = bool
}

locals {
  kinds    = toset([for one in var.functions : one.runs_as])
  invokers = toset([for one in var.functions : one.invoker if one.invoker != ""])

  # Who writes also sends the letters of its commit. What everybody may call only reads, unless it is declared to write.
  writes = ["roles/datastore.user", "roles/cloudtasks.enqueuer", "roles/pubsub.publisher"]
  grants = {
    http          = concat(local.writes, ["roles/firebaseauth.viewer"])
    webhook       = local.writes
    task          = concat(local.writes, var.pushes ? ["roles/firebasecloudmessaging.admin"] : [])
    topic         = local.writes
    schedule      = local.writes
    public-writes = local.writes
    public        = ["roles/datastore.viewer"]
  }
  roles = merge([for kind in local.kinds : {
    for role in concat(["roles/telemetry.tracesWriter"], local.grants[kind]) : "${kind} ${role}" => { kind = kind, role = role }
  }]...)
  builder_roles = toset(["roles/logging.logWriter", "roles/artifactregistry.writer", "roles/storage.objectViewer"])
}

resource "google_service_account" "runner" {
  for_each = local.kinds

  account_id   = "run-${each.key}"
  display_name = "Functions that are reached by ${each.key}"
}

resource "google_service_account" "caller" {
  for_each = local.invokers

  account_id   = each.key
  display_name = "Calls inner functions, and may do nothing else"
}

# Its name stands under links to files; it has no key, and nobody runs as it.
resource "google_service_account" "signer" {
  account_id   = "file-links"
  display_name = "Signs links to files"
}

resource "google_service_account" "builder" {
  account_id   = "builder"
  display_name = "Builds functions and images"
}

resource "google_project_iam_member" "runner" {
  for_each = local.roles

  project = var.project
  role    = each.value.role
  member  = google_service_account.runner[each.value.kind].member
}

resource "google_project_iam_member" "builder" {
  for_each = local.builder_roles

  project = var.project
  role    = each.key
  member  = google_service_account.builder.member
}

# Who adds a task says in whose name it will call: that must be allowed to them, for this account alone.
resource "google_service_account_iam_member" "names_the_caller" {
  for_each = contains(local.invokers, "cloud-tasks") ? setsubtract(local.kinds, ["public"]) : []

  service_account_id = google_service_account.caller["cloud-tasks"].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.runner[each.key].member
}

resource "google_service_account_iam_member" "signs" {
  for_each = setintersection(local.kinds, ["http", "task"])

  service_account_id = google_service_account.signer.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.runner[each.key].member
}

# Spelled out, as shared/runtime/settings.py spells them: a plan shows who may call what.
output "runners" {
  description = "E-mail of the account that functions of a kind run as."
  value       = { for kind in local.kinds : kind => "run-${kind}@${var.project}.iam.gserviceaccount.com" }
  depends_on  = [google_service_account.runner]
}

output "callers" {
  description = "E-mail of the account that may call inner functions, by invoker."
  value       = { for name in local.invokers : name => "${name}@${var.project}.iam.gserviceaccount.com" }
  depends_on  = [google_service_account.caller]
}

output "signer" {
  value      = "file-links@${var.project}.iam.gserviceaccount.com"
  depends_on = [google_service_account.signer]
}

output "builder" {
  value = google_service_account.builder.id
}

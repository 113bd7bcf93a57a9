# Secrets as empty boxes: what is in them is put there by hand (docs/deploy.md), never by Terraform's state.

variable "region" {
  type = string
}

variable "key" {
  type = string
}

variable "runners" {
  type = map(string)
}

variable "versions" {
  description = "The version that functions see, by secret. A secret that is not named is not given to anybody."
  type        = map(string)
}

locals {
  everybody = ["http", "webhook", "public", "task", "topic", "schedule"]
  behind    = ["http", "task", "topic", "schedule"]

  # Settings refuse to start in the cloud without the first three.
  needed_by = {
    VISITA_SEAL_KEYS      = local.everybody
    TWILIO_AUTH_TOKEN     = local.everybody
    CLINIC_WEBHOOK_SECRET = local.everybody
    CUSTOMER_API_KEY      = local.behind
    VISITA_GEOCODER_KEY   = ["http", "task", "topic"]
    VISITA_SIGNING_KEY    = ["http", "task", "schedule"]
    VISITA_SIGNING_CERT   = ["http", "task", "schedule"]
  }
  given = { for name, kinds in local.needed_by : name => kinds if contains(keys(var.versions), name) }
  readers = merge([for name, kinds in local.given : {
    for kind in setintersection(kinds, keys(var.runners)) : "${name} ${kind}" => { name = name, kind = kind }
  }]...)
}

resource "google_secret_manager_secret" "this" {
  for_each = local.given

  secret_id           = each.key
  deletion_protection = true

  replication {
    user_managed {
      replicas {
        location = var.region

        customer_managed_encryption {
          kms_key_name = var.key
        }
      }
    }
  }
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = local.readers

  secret_id = google_secret_manager_secret.this[each.value.name].id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${var.runners[each.value.kind]}"
}

output "given" {
  description = "By kind of trigger: secret and version. Not before they may be read."
  value       = { for kind in local.everybody : kind => { for name, kinds in local.given : name => var.versions[name] if contains(kinds, kind) } }
  depends_on  = [google_secret_manager_secret_iam_member.reader]
}

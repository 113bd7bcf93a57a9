# Secrets as empty boxes: what is in them is put there by hand (docs/deploy.md), never by Terraform's state.

variable "region" {
  description = "Where it lies."
  type        = string
}

variable "key" {
  description = "KMS key that seals the boxes."
  type        = string
}

variable "runners" {
  description = "E-mail of the account to run as, by its kind."
  type        = map(string)
}

variable "functions" {
  description = "The kind of account that each runs as, and the secrets that it asks for: infra/rendering/secrets_of.py."
  type        = map(object({ runs_as = string, secrets = list(string) }))
}

variable "versions" {
  description = "The version that functions see, by secret. A secret that is not named is not given to anybody."
  type        = map(string)
}

locals {
  named = keys(var.versions)
  asked = { for kind in keys(var.runners) : kind => toset(flatten([for one in var.functions : one.secrets if one.runs_as == kind])) }

  # An account reads what one of its functions asks for, and nothing else.
  readers = merge([for kind, names in local.asked : {
    for name in setintersection(names, local.named) : "${name} ${kind}" => { name = name, kind = kind }
  }]...)
}

resource "google_secret_manager_secret" "this" {
  for_each = var.versions

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

  secret_id = google_secret_manager_secret.this[each.value.name].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${var.runners[each.value.kind]}"
}

output "given" {
  description = "By entry point: secret and version. Not before they may be read."
  value       = { for name, one in var.functions : name => { for secret in one.secrets : secret => var.versions[secret] if contains(local.named, secret) } }
  depends_on  = [google_secret_manager_secret_iam_member.reader]
}

# The database: its indexes (recorded by the tests), the fields by which old documents go, its rules, backups.

variable "project" {
  description = "The Google Cloud project."
  type        = string
}

variable "region" {
  description = "Where it lies."
  type        = string
}

variable "key" {
  description = "KMS key that seals what rests."
  type        = string
}

variable "protected" {
  description = "Refuse to delete the database."
  type        = bool
}

variable "indexes" {
  description = "infra/generated/firestore.indexes.json, decoded."
  type        = any
}

variable "rules" {
  description = "The text of infra/firestore.rules."
  type        = string
}

locals {
  indexes = { for one in var.indexes.indexes : join(" ", concat([one.collectionGroup], [for field in one.fields :
    "${field.fieldPath}:${lookup(field, "order", lookup(field, "arrayConfig", ""))}"
  ])) => one }
  ttl = { for one in var.indexes.fieldOverrides : "${one.collectionGroup}.${one.fieldPath}" => one if lookup(one, "ttl", false) }
}

resource "google_firestore_database" "this" {
  project                           = var.project
  name                              = "(default)"
  location_id                       = var.region
  type                              = "FIRESTORE_NATIVE"
  concurrency_mode                  = "OPTIMISTIC" # commits with preconditions; there are no transactions (docs/adr/0001)
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = var.protected ? "DELETE_PROTECTION_ENABLED" : "DELETE_PROTECTION_DISABLED"
  deletion_policy                   = var.protected ? "ABANDON" : "DELETE"

  cmek_config {
    kms_key_name = var.key
  }
}

resource "google_firestore_index" "this" {
  for_each = local.indexes

  project     = var.project
  database    = google_firestore_database.this.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields

    content {
      field_path   = fields.value.fieldPath
      order        = lookup(fields.value, "order", null)
      array_config = lookup(fields.value, "arrayConfig", null)
    }
  }
}

# No decision depends on when a document goes, so nothing asks for this field: an index would only cost.
resource "google_firestore_field" "expires" {
  for_each = local.ttl

  project    = var.project
  database   = google_firestore_database.this.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  ttl_config {}

  index_config {}
}

resource "google_firestore_backup_schedule" "daily" {
  project   = var.project
  database  = google_firestore_database.this.name
  retention = "604800s" # a week

  daily_recurrence {}
}

resource "google_firestore_backup_schedule" "weekly" {
  project   = var.project
  database  = google_firestore_database.this.name
  retention = "8467200s" # 14 weeks

  weekly_recurrence {
    day = "SUNDAY"
  }
}

resource "google_firebaserules_ruleset" "this" {
  project = var.project

  source {
    files {
      name    = "firestore.rules"
      content = var.rules
    }
  }

  depends_on = [google_firestore_database.this]

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_firebaserules_release" "this" {
  project      = var.project
  name         = "cloud.firestore"
  ruleset_name = google_firebaserules_ruleset.this.name
}

output "name" {
  description = "Not before the indexes are there: functions that ask without one are refused."
  value       = google_firestore_database.this.name
  depends_on  = [google_firestore_index.this, google_firebaserules_release.this]
}

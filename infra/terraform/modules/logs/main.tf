# Logs in the EU, for as long as they are needed: a month what functions say, 400 days who did what.

variable "project" {
  description = "The Google Cloud project."
  type        = string
}

variable "region" {
  description = "Where it lies."
  type        = string
}

locals {
  buckets = {
    visita-functions = {
      days   = 30
      about  = "What functions, the load balancer and the queues say. Ids and numbers only."
      filter = "NOT log_id(\"cloudaudit.googleapis.com/activity\") AND NOT log_id(\"cloudaudit.googleapis.com/data_access\") AND NOT log_id(\"cloudaudit.googleapis.com/access_transparency\")"
    }
    visita-audit = {
      days   = 400
      about  = "Who changed and who read what in the project."
      filter = "log_id(\"cloudaudit.googleapis.com/activity\") OR log_id(\"cloudaudit.googleapis.com/data_access\") OR log_id(\"cloudaudit.googleapis.com/access_transparency\")"
    }
  }
}

resource "google_logging_project_bucket_config" "this" {
  for_each = local.buckets

  project          = var.project
  location         = var.region
  bucket_id        = each.key
  retention_days   = each.value.days
  description      = each.value.about
  enable_analytics = true
}

resource "google_logging_project_sink" "this" {
  for_each = local.buckets

  name                   = each.key
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.this[each.key].id}"
  filter                 = each.value.filter
  unique_writer_identity = true
}

# The bucket that every project has lies outside the EU: nothing is kept in it.
resource "google_logging_project_exclusion" "not_in_the_default_bucket" {
  name        = "kept-in-the-eu"
  description = "Sinks of our own keep everything in the region"
  filter      = "NOT log_id(\"cloudaudit.googleapis.com/activity\")"
}

resource "google_project_iam_audit_config" "who_reads" {
  for_each = toset(["datastore.googleapis.com", "secretmanager.googleapis.com", "cloudkms.googleapis.com", "storage.googleapis.com"])

  project = var.project
  service = each.key

  audit_log_config {
    log_type = "ADMIN_READ"
  }

  # Each read of a record by a function is in the audit of the system itself; here it would be a second copy.
  dynamic "audit_log_config" {
    for_each = contains(["secretmanager.googleapis.com", "cloudkms.googleapis.com"], each.key) ? ["DATA_READ"] : []

    content {
      log_type = audit_log_config.value
    }
  }

  audit_log_config {
    log_type = "DATA_WRITE"
  }
}

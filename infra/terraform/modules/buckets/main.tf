# Two rooms for files: what people sent and nobody has looked at, and what was found clean.

variable "project" {
  description = "The Google Cloud project."
  type        = string
}

variable "number" {
  description = "The project's number: Google's own agents are named by it."
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

variable "quarantine_days" {
  description = "After so many days an uploaded file that nobody took in is gone."
  type        = number
}

variable "protected" {
  description = "Refuse to delete the clean files."
  type        = bool
}

variable "runners" {
  description = "E-mail of the account to run as, by its kind."
  type        = map(string)
}

variable "signer" {
  description = "E-mail of the account whose name stands under links."
  type        = string
}

variable "topic" {
  description = "Hears that a file came."
  type        = string
}

variable "origins" {
  description = "Web apps that upload from a browser."
  type        = list(string)
}

locals {
  workers = setintersection(keys(var.runners), ["http", "task", "topic", "schedule"])
}

resource "google_storage_bucket" "quarantine" {
  #checkov:skip=CKV_GCP_78:an upload is written once and gone in a day; a version kept would be one not looked at
  #checkov:skip=CKV_GCP_62:audit logs say who read what; access logs would be a second copy of names
  name                        = "${var.project}-quarantine"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  encryption {
    default_kms_key_name = var.key
  }

  soft_delete_policy {
    retention_duration_seconds = 0 # what was refused must be gone
  }

  lifecycle_rule {
    condition {
      age = var.quarantine_days
    }

    action {
      type = "Delete"
    }
  }

  cors {
    origin          = var.origins
    method          = ["PUT"]
    response_header = ["Content-Type", "x-goog-content-length-range", "x-goog-if-generation-match"]
    max_age_seconds = 3600
  }
}

resource "google_storage_bucket" "clean" {
  #checkov:skip=CKV_GCP_62:audit logs say who read what; access logs would be a second copy of names
  name                        = "${var.project}-clean"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.protected

  encryption {
    default_kms_key_name = var.key
  }

  versioning {
    enabled = true
  }

  # A file that was removed can be had back for a month, and then no more.
  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 30
    }

    action {
      type = "Delete"
    }
  }
}

resource "google_storage_bucket_iam_member" "worker" {
  for_each = { for pair in setproduct(local.workers, ["quarantine", "clean"]) : join(" ", pair) => pair }

  bucket = each.value[1] == "clean" ? google_storage_bucket.clean.name : google_storage_bucket.quarantine.name
  role   = "roles/storage.objectUser"
  member = "serviceAccount:${var.runners[each.value[0]]}"
}

# A link can do what its signer may: put into quarantine, read what is clean.
resource "google_storage_bucket_iam_member" "uploads" {
  bucket = google_storage_bucket.quarantine.name
  role   = "roles/storage.objectCreator"
  member = "serviceAccount:${var.signer}"
}

resource "google_storage_bucket_iam_member" "downloads" {
  bucket = google_storage_bucket.clean.name
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:${var.signer}"
}

resource "google_pubsub_topic_iam_member" "storage_tells" {
  topic  = var.topic
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:service-${var.number}@gs-project-accounts.iam.gserviceaccount.com"
}

resource "google_storage_notification" "came" {
  bucket         = google_storage_bucket.quarantine.name
  topic          = var.topic
  payload_format = "JSON_API_V1"
  event_types    = ["OBJECT_FINALIZE"]
  depends_on     = [google_pubsub_topic_iam_member.storage_tells]
}

output "quarantine" {
  value = google_storage_bucket.quarantine.name
}

output "clean" {
  value = google_storage_bucket.clean.name
}

# Where archives and images lie, and who may deploy: a pipeline that shows a token of its own, without a key.

variable "project" {
  description = "The Google Cloud project."
  type        = string
}

variable "region" {
  description = "Where it lies."
  type        = string
}

variable "keys" {
  description = "KMS keys by purpose."
  type        = map(string)
}

variable "repository" {
  description = "owner/name on GitHub; empty: no pipeline outside may deploy."
  type        = string
}

variable "environment" {
  description = "The environment of the repository whose jobs may deploy here."
  type        = string
}

variable "dns_zone" {
  description = "Where records are made; empty: nowhere, and the pipeline may touch no zone."
  type        = string
}

variable "builds_images" {
  description = "Whether the pipeline builds an image (Cloud Build) rather than an archive."
  type        = bool
}

variable "org_policies" {
  description = "Also bind the project to EU locations and forbid keys of service accounts."
  type        = bool
}

locals {
  outside = var.repository == "" ? [] : [var.repository]

  # What an apply changes. Not owner: it may not open the project to others than are named here.
  # What no role of a project gives, a person must: budgets are the billing account's, policies the organisation's.
  deploys = var.repository == "" ? [] : concat([
    "roles/artifactregistry.admin", "roles/certificatemanager.editor", "roles/cloudfunctions.admin", "roles/cloudkms.admin",
    "roles/cloudscheduler.admin", "roles/cloudtasks.admin", "roles/compute.admin", "roles/datastore.owner",
    "roles/firebaserules.admin", "roles/iam.serviceAccountAdmin", "roles/iam.serviceAccountUser", "roles/iam.workloadIdentityPoolAdmin", "roles/identityplatform.admin",
    "roles/logging.configWriter", "roles/monitoring.admin", "roles/pubsub.admin", "roles/resourcemanager.projectIamAdmin",
    "roles/run.admin", "roles/secretmanager.admin", "roles/serviceusage.serviceUsageAdmin", "roles/storage.admin",
  ], var.dns_zone == "" ? [] : ["roles/dns.admin"], var.builds_images ? ["roles/cloudbuild.builds.editor"] : [])
}

resource "google_storage_bucket" "source" {
  #checkov:skip=CKV_GCP_62:holds our own public source, nothing about anybody
  name                        = "${var.project}-source"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  encryption {
    default_kms_key_name = var.keys["files"]
  }

  versioning {
    enabled = true
  }

  # A rollback goes a quarter back at most.
  lifecycle_rule {
    condition {
      age = 90
    }

    action {
      type = "Delete"
    }
  }
}

resource "google_artifact_registry_repository" "this" {
  location      = var.region
  repository_id = "visita"
  description   = "Images of functions"
  format        = "DOCKER"
  kms_key_name  = var.keys["artifacts"]

  cleanup_policies {
    id     = "keep-the-last"
    action = "KEEP"

    most_recent_versions {
      keep_count = 20
    }
  }

  cleanup_policies {
    id     = "drop-the-old"
    action = "DELETE"

    condition {
      older_than = "7776000s"
    }
  }
}

resource "google_iam_workload_identity_pool" "outside" {
  for_each = toset(local.outside)

  workload_identity_pool_id = "pipelines"
  display_name              = "Pipelines outside"
}

resource "google_iam_workload_identity_pool_provider" "github" {
  #checkov:skip=CKV_GCP_125:the subject is one environment of one repository; checkov cannot read it through for_each
  for_each = toset(local.outside)

  workload_identity_pool_id          = google_iam_workload_identity_pool.outside[each.key].workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_condition                = "assertion.sub == 'repo:${each.key}:environment:${var.environment}' && assertion.ref == 'refs/heads/main'"

  attribute_mapping = {
    "google.subject"       = "assertion.sub"
    "attribute.repository" = "assertion.repository"
    "attribute.ref"        = "assertion.ref"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account" "deployer" {
  for_each = toset(local.outside)

  account_id   = "deployer"
  display_name = "Deploys from the pipeline"
}

resource "google_service_account_iam_member" "pipeline" {
  for_each = toset(local.outside)

  service_account_id = google_service_account.deployer[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.outside[each.key].name}/attribute.repository/${each.key}"
}

resource "google_project_iam_member" "deployer" {
  #checkov:skip=CKV_GCP_49:who applies Terraform makes accounts and grants; only main of one repository gets its token
  #checkov:skip=CKV_GCP_117:no basic role is among them
  for_each = toset(local.deploys)

  project = var.project
  role    = each.key
  member  = google_service_account.deployer[var.repository].member
}

resource "google_org_policy_policy" "locations" {
  count = var.org_policies ? 1 : 0

  name   = "projects/${var.project}/policies/gcp.resourceLocations"
  parent = "projects/${var.project}"

  spec {
    rules {
      values {
        allowed_values = ["in:eu-locations"]
      }
    }
  }
}

resource "google_org_policy_policy" "no_keys" {
  count = var.org_policies ? 1 : 0

  name   = "projects/${var.project}/policies/iam.disableServiceAccountKeyCreation"
  parent = "projects/${var.project}"

  spec {
    rules {
      enforce = "TRUE"
    }
  }
}

output "source_bucket" {
  value = google_storage_bucket.source.name
}

output "repository_id" {
  value = google_artifact_registry_repository.this.id
}

output "repository" {
  value = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.this.repository_id}"
}

output "ci" {
  value = [for name in local.outside : {
    provider = google_iam_workload_identity_pool_provider.github[name].name
    account  = google_service_account.deployer[name].email
  }]
}

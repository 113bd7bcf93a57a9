# One key for each kind of thing at rest, so that one can be taken back without the others.

variable "number" {
  description = "The project's number: Google's own agents are named by it."
  type        = string
}

variable "region" {
  description = "Where it lies."
  type        = string
}

locals {
  agents = {
    files     = ["service-${var.number}@gs-project-accounts.iam.gserviceaccount.com"]
    messages  = ["service-${var.number}@gcp-sa-pubsub.iam.gserviceaccount.com"]
    records   = ["service-${var.number}@gcp-sa-firestore.iam.gserviceaccount.com"]
    secrets   = ["service-${var.number}@gcp-sa-secretmanager.iam.gserviceaccount.com"]
    artifacts = ["service-${var.number}@gcp-sa-artifactregistry.iam.gserviceaccount.com"]
  }
  grants = merge([for key, accounts in local.agents : { for one in accounts : "${key} ${one}" => { key = key, account = one } }]...)
}

resource "google_kms_key_ring" "this" {
  name     = "visita"
  location = var.region
}

resource "google_kms_crypto_key" "this" {
  for_each = local.agents

  name            = each.key
  key_ring        = google_kms_key_ring.this.id
  rotation_period = "7776000s" # 90 days

  lifecycle {
    prevent_destroy = true
  }
}

# Google's own agents must exist first: infra/deploy.sh bootstrap makes them.
resource "google_kms_crypto_key_iam_member" "agent" {
  for_each = local.grants

  crypto_key_id = google_kms_crypto_key.this[each.value.key].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${each.value.account}"
}

output "ids" {
  description = "Keys by purpose; not before the agents may use them."
  value       = { for name, one in google_kms_crypto_key.this : name => one.id }
  depends_on  = [google_kms_crypto_key_iam_member.agent]
}

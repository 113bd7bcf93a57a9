# Topics: one for each message that modules say to each other, heard or not.

variable "region" {
  description = "Where it lies."
  type        = string
}

variable "key" {
  description = "KMS key that seals what rests."
  type        = string
}

variable "topics" {
  description = "Names of the topics."
  type        = list(string)
}

locals {
  week = "604800s"
}

resource "google_pubsub_topic" "this" {
  for_each = toset(var.topics)

  name                       = each.key
  kms_key_name               = var.key
  message_retention_duration = local.week

  message_storage_policy {
    allowed_persistence_regions = [var.region]
    enforce_in_transit          = true
  }
}

output "ids" {
  value = { for name, one in google_pubsub_topic.this : name => one.id }
}

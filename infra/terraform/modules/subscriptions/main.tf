# The push subscription of each function that listens, and where messages go that nobody digests.

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

variable "topics" {
  description = "Ids of the topics, by name."
  type        = map(string)
}

variable "functions" {
  description = "Those that listen, by entry point."
  type        = map(object({ service = string, path = string, topic = string, timeout_seconds = number }))
}

variable "internal_url" {
  description = "Of a service, with {service} where its name stands."
  type        = string
}

variable "caller" {
  description = "E-mail of the account that calls, and is named in each token."
  type        = string
}

variable "deliveries_max" {
  description = "How often a message is brought before it is a dead letter."
  type        = number
}

locals {
  agent = "serviceAccount:service-${var.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
  week  = "604800s"
}

resource "google_pubsub_topic" "dead" {
  for_each = var.functions

  name                       = "${each.value.service}-dead"
  kms_key_name               = var.key
  message_retention_duration = local.week

  message_storage_policy {
    allowed_persistence_regions = [var.region]
    enforce_in_transit          = true
  }
}

resource "google_pubsub_subscription" "push" {
  for_each = var.functions

  name                       = each.value.service
  topic                      = var.topics[each.value.topic]
  ack_deadline_seconds       = max(10, each.value.timeout_seconds + 10)
  message_retention_duration = local.week

  push_config {
    push_endpoint = "${replace(var.internal_url, "{service}", each.value.service)}${each.value.path}"

    oidc_token {
      service_account_email = var.caller
      audience              = replace(var.internal_url, "{service}", each.value.service)
    }
  }

  retry_policy {
    minimum_backoff = "2s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead[each.key].id
    max_delivery_attempts = var.deliveries_max
  }

  expiration_policy {
    ttl = "" # never
  }
}

# A topic without a subscription forgets at once: this one keeps what died until somebody has looked.

resource "google_pubsub_subscription" "dead" {
  for_each = var.functions

  name                       = "${each.value.service}-dead"
  topic                      = google_pubsub_topic.dead[each.key].id
  ack_deadline_seconds       = 600
  message_retention_duration = local.week
  retain_acked_messages      = true

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_topic_iam_member" "buries" {
  for_each = var.functions

  topic  = google_pubsub_topic.dead[each.key].id
  role   = "roles/pubsub.publisher"
  member = local.agent
}

resource "google_pubsub_subscription_iam_member" "hands_over" {
  for_each = var.functions

  subscription = google_pubsub_subscription.push[each.key].id
  role         = "roles/pubsub.subscriber"
  member       = local.agent
}

# Every function from one image (Dockerfile), told by FUNCTION_TARGET which of them it is.

resource "google_cloud_run_v2_service" "this" {
  for_each = var.functions

  name                = each.value.service
  location            = var.region
  description         = each.value.summary
  ingress             = each.value.public ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_INTERNAL_ONLY"
  deletion_protection = false # it holds nothing, and a release that has one function fewer must be able to go out

  # Where nobody may be named allUsers, the platform's own check is switched off for the public ones instead.
  invoker_iam_disabled = each.value.public && var.all_users_forbidden

  labels = {
    release = var.release
    trigger = each.value.trigger
  }

  template {
    service_account                  = var.runners[each.value.runs_as]
    timeout                          = "${each.value.timeout_seconds}s"
    max_instance_request_concurrency = each.value.concurrency

    # Only what is private goes through the network; all else leaves as before.
    dynamic "vpc_access" {
      for_each = each.value.scans && var.antivirus_network != null ? [var.antivirus_network] : []

      content {
        egress = "PRIVATE_RANGES_ONLY"

        network_interfaces {
          network    = vpc_access.value.network
          subnetwork = vpc_access.value.subnetwork
        }
      }
    }

    scaling {
      min_instance_count = each.value.min_instances
      max_instance_count = var.instances_max
    }

    containers {
      image = var.image

      resources {
        limits            = { cpu = "1", memory = "${each.value.memory_mb}Mi" }
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = merge(var.settings, {
          FUNCTION_TARGET = each.key
          THREADS         = tostring(each.value.concurrency)
          VISITA_RELEASE  = var.release
        })

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = var.secrets[each.key]

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = env.key
              version = env.value
            }
          }
        }
      }
    }
  }
}

# Open to everybody at the platform; the function itself asks for a token or a signature (docs/authorization.md).
resource "google_cloud_run_service_iam_member" "public" {
  #checkov:skip=CKV_GCP_102:declared public; the set is compared with the declarations by infra/checks/terraform.py
  for_each = { for name, one in var.functions : name => one if one.public && !var.all_users_forbidden }

  location = var.region
  service  = google_cloud_run_v2_service.this[each.key].name
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_cloud_run_service_iam_member" "caller" {
  for_each = { for name, one in var.functions : name => one if !one.public }

  location = var.region
  service  = google_cloud_run_v2_service.this[each.key].name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${var.callers[each.value.invoker]}"
}

output "public" {
  value = concat(
    [for one in google_cloud_run_service_iam_member.public : one.service],
    [for one in google_cloud_run_v2_service.this : one.name if one.invoker_iam_disabled],
  )
}

# Every function from one archive, built by Cloud Functions (2nd generation).

resource "google_cloudfunctions2_function" "this" {
  #checkov:skip=CKV_GCP_124:from the load balancer or from inside, as declared; infra/checks/terraform.py reads it in the plan
  for_each = var.functions

  name        = each.value.service
  location    = var.region
  description = each.value.summary

  labels = {
    release = var.release
    trigger = each.value.trigger
  }

  build_config {
    runtime           = var.runtime
    entry_point       = each.key
    service_account   = var.builder
    docker_repository = var.repository

    automatic_update_policy {}

    source {
      storage_source {
        bucket = var.bucket
        object = var.archive
      }
    }
  }

  service_config {
    # Several requests in one instance need a whole CPU; the framework's threads follow the number.
    available_cpu                    = "1"
    available_memory                 = "${each.value.memory_mb}Mi"
    timeout_seconds                  = each.value.timeout_seconds
    min_instance_count               = each.value.min_instances
    max_instance_count               = var.instances_max
    max_instance_request_concurrency = each.value.concurrency
    service_account_email            = var.runners[each.value.runs_as]
    ingress_settings                 = each.value.public ? "ALLOW_INTERNAL_AND_GCLB" : "ALLOW_INTERNAL_ONLY"
    all_traffic_on_latest_revision   = true

    # Only what is private goes through the network; all else leaves as before.
    direct_vpc_egress = each.value.scans && var.antivirus_network != null ? "VPC_EGRESS_PRIVATE_RANGES_ONLY" : null

    dynamic "direct_vpc_network_interface" {
      for_each = each.value.scans && var.antivirus_network != null ? [var.antivirus_network] : []

      content {
        network    = direct_vpc_network_interface.value.network
        subnetwork = direct_vpc_network_interface.value.subnetwork
      }
    }

    environment_variables = merge(var.settings, {
      THREADS        = tostring(each.value.concurrency)
      VISITA_RELEASE = var.release
    })

    dynamic "secret_environment_variables" {
      for_each = var.secrets[each.key]

      content {
        key        = secret_environment_variables.key
        project_id = var.project
        secret     = secret_environment_variables.key
        version    = secret_environment_variables.value
      }
    }
  }
}

# Open to everybody at the platform; the function itself asks for a token or a signature (docs/authorization.md).
resource "google_cloud_run_service_iam_member" "public" {
  #checkov:skip=CKV_GCP_102:declared public; the set is compared with the declarations by infra/checks/terraform.py
  for_each = { for name, one in var.functions : name => one if one.public }

  location = var.region
  service  = google_cloudfunctions2_function.this[each.key].name
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_cloud_run_service_iam_member" "caller" {
  for_each = { for name, one in var.functions : name => one if !one.public }

  location = var.region
  service  = google_cloudfunctions2_function.this[each.key].name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${var.callers[each.value.invoker]}"
}

output "public" {
  value = [for one in google_cloud_run_service_iam_member.public : one.service]
}

# The only way in from outside: a regional load balancer, so that TLS ends in the EU.
#
# Rules by method and path hand each request to its function. What no rule knows goes to the mask: it takes the
# service's name from the host (house-visits-get-visit.API), and answers 404 to every other host.

variable "region" {
  description = "Where it lies."
  type        = string
}

variable "domain" {
  description = "The host name of the API."
  type        = string
}

variable "dns_zone" {
  description = "A Cloud DNS zone in which the records are made; empty: by hand."
  type        = string
}

variable "routes" {
  description = "Rules in the order in which they are asked."
  type        = list(object({ template = string, method = string, service = string }))
}

variable "requests_a_minute" {
  description = "From one address. Above it, 429."
  type        = number
  default     = 600
}

locals {
  services = toset([for one in var.routes : one.service])
}

resource "google_compute_network" "this" {
  name                    = "visita"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "proxies" {
  #checkov:skip=CKV_GCP_26:only Google's own proxies are in it
  #checkov:skip=CKV_GCP_74:only Google's own proxies are in it
  #checkov:skip=CKV_GCP_76:only Google's own proxies are in it
  name          = "visita-proxies"
  region        = var.region
  network       = google_compute_network.this.id
  ip_cidr_range = "10.129.0.0/23"
  purpose       = "REGIONAL_MANAGED_PROXY"
  role          = "ACTIVE"
}

# Nothing else lives in this network, and nothing shall.
resource "google_compute_firewall" "nobody" {
  name      = "visita-nobody"
  network   = google_compute_network.this.id
  direction = "INGRESS"
  priority  = 65000

  source_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }
}

resource "google_compute_address" "this" {
  name         = "visita"
  region       = var.region
  network_tier = "STANDARD" # regional load balancers have this one only
}

resource "google_compute_region_network_endpoint_group" "service" {
  for_each = local.services

  name                  = each.key
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = each.key
  }
}

resource "google_compute_region_network_endpoint_group" "mask" {
  name                  = "visita-mask"
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    url_mask = "<service>.${var.domain}"
  }
}

resource "google_compute_region_backend_service" "service" {
  for_each = local.services

  name                  = each.key
  region                = var.region
  protocol              = "HTTPS"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  security_policy       = google_compute_region_security_policy.this.self_link

  backend {
    group           = google_compute_region_network_endpoint_group.service[each.key].id
    balancing_mode  = "UTILIZATION"
    capacity_scaler = 1
  }

  log_config {
    enable      = true
    sample_rate = 0.1
  }
}

resource "google_compute_region_backend_service" "mask" {
  name                  = "visita-mask"
  region                = var.region
  protocol              = "HTTPS"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  security_policy       = google_compute_region_security_policy.this.self_link

  backend {
    group           = google_compute_region_network_endpoint_group.mask.id
    balancing_mode  = "UTILIZATION"
    capacity_scaler = 1
  }
}

resource "google_compute_region_url_map" "this" {
  name            = "visita"
  region          = var.region
  default_service = google_compute_region_backend_service.mask.id

  host_rule {
    hosts        = [var.domain]
    path_matcher = "api"
  }

  path_matcher {
    name            = "api"
    default_service = google_compute_region_backend_service.mask.id

    dynamic "route_rules" {
      for_each = var.routes

      content {
        priority = route_rules.key + 1
        service  = google_compute_region_backend_service.service[route_rules.value.service].id

        match_rules {
          full_path_match     = strcontains(route_rules.value.template, "*") ? null : route_rules.value.template
          path_template_match = strcontains(route_rules.value.template, "*") ? route_rules.value.template : null

          header_matches {
            header_name = ":method"
            exact_match = route_rules.value.method
          }
        }
      }
    }
  }
}

resource "google_compute_region_ssl_policy" "this" {
  name            = "visita"
  region          = var.region
  profile         = "RESTRICTED"
  min_tls_version = "TLS_1_2"
}

resource "google_certificate_manager_dns_authorization" "this" {
  name     = "visita"
  location = var.region
  domain   = var.domain
  type     = "PER_PROJECT_RECORD"
}

resource "google_certificate_manager_certificate" "this" {
  name     = "visita"
  location = var.region

  managed {
    domains            = [var.domain]
    dns_authorizations = [google_certificate_manager_dns_authorization.this.id]
  }
}

resource "google_compute_region_target_https_proxy" "this" {
  name                             = "visita"
  region                           = var.region
  url_map                          = google_compute_region_url_map.this.id
  ssl_policy                       = google_compute_region_ssl_policy.this.id
  certificate_manager_certificates = [google_certificate_manager_certificate.this.id]
}

resource "google_compute_forwarding_rule" "https" {
  name                  = "visita-https"
  region                = var.region
  load_balancing_scheme = "EXTERNAL_MANAGED"
  network               = google_compute_network.this.id
  network_tier          = "STANDARD"
  ip_address            = google_compute_address.this.id
  port_range            = "443"
  target                = google_compute_region_target_https_proxy.this.id
  depends_on            = [google_compute_subnetwork.proxies]
}

resource "google_compute_region_url_map" "redirect" {
  name   = "visita-redirect"
  region = var.region

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "PERMANENT_REDIRECT"
    strip_query            = true
  }
}

resource "google_compute_region_target_http_proxy" "redirect" {
  name    = "visita-redirect"
  region  = var.region
  url_map = google_compute_region_url_map.redirect.id
}

resource "google_compute_forwarding_rule" "http" {
  name                  = "visita-http"
  region                = var.region
  load_balancing_scheme = "EXTERNAL_MANAGED"
  network               = google_compute_network.this.id
  network_tier          = "STANDARD"
  ip_address            = google_compute_address.this.id
  port_range            = "80"
  target                = google_compute_region_target_http_proxy.redirect.id
  depends_on            = [google_compute_subnetwork.proxies]
}

resource "google_dns_record_set" "api" {
  count = var.dns_zone == "" ? 0 : 1

  managed_zone = var.dns_zone
  name         = "${var.domain}."
  type         = "A"
  ttl          = 300
  rrdatas      = [google_compute_address.this.address]
}

resource "google_dns_record_set" "proof" {
  count = var.dns_zone == "" ? 0 : 1

  managed_zone = var.dns_zone
  name         = google_certificate_manager_dns_authorization.this.dns_resource_record[0].name
  type         = google_certificate_manager_dns_authorization.this.dns_resource_record[0].type
  ttl          = 300
  rrdatas      = [google_certificate_manager_dns_authorization.this.dns_resource_record[0].data]
}

output "address" {
  value = google_compute_address.this.address
}

output "certificate_record" {
  value = google_certificate_manager_dns_authorization.this.dns_resource_record
}

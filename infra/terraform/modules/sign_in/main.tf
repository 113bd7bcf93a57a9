# Identity Platform: a tenant for each organisation, its people signed in by its own provider.

variable "project" {
  description = "Its sign-in host is PROJECT.firebaseapp.com."
  type        = string
}

variable "organisations" {
  description = "By our tenant id: its providers."
  type = map(object({
    oidc = map(object({ client_id = string, issuer = string, display_name = string }))
    saml = map(object({ display_name = string, idp_entity = string, sso_url = string, certificates = list(string) }))
  }))
}

variable "domains" {
  description = "Host names of the apps that people sign in from."
  type        = list(string)
}

variable "blocking_url" {
  description = "The function that is asked before anybody is let in."
  type        = string
}

locals {
  # Identity Platform's own page: providers send people back to it, and it hands them on to the app.
  handler = "${var.project}.firebaseapp.com"

  oidc = merge([for ours, one in var.organisations : { for name, provider in one.oidc : "${ours} ${name}" => merge(provider, { ours = ours, name = name }) }]...)
  saml = merge([for ours, one in var.organisations : { for name, provider in one.saml : "${ours} ${name}" => merge(provider, { ours = ours, name = name }) }]...)
}

resource "google_identity_platform_config" "this" {
  authorized_domains         = concat([local.handler], var.domains)
  autodelete_anonymous_users = true

  multi_tenant {
    allow_tenants = true
  }

  sign_in {
    allow_duplicate_emails = false
  }

  client {
    permissions {
      disabled_user_signup   = false # before_sign_in decides who gets a role
      disabled_user_deletion = true
    }
  }

  blocking_functions {
    triggers {
      event_type   = "beforeSignIn"
      function_uri = var.blocking_url
    }
  }

  monitoring {
    request_logging {
      enabled = true
    }
  }
}

resource "google_identity_platform_tenant" "this" {
  for_each = var.organisations

  display_name             = each.key
  allow_password_signup    = false
  enable_email_link_signin = false

  depends_on = [google_identity_platform_config.this]
}

resource "google_identity_platform_tenant_oauth_idp_config" "this" {
  for_each = local.oidc

  tenant       = google_identity_platform_tenant.this[each.value.ours].name
  name         = "oidc.${each.value.name}"
  display_name = each.value.display_name
  client_id    = each.value.client_id # the code flow with PKCE of a public client: no secret in the state
  issuer       = each.value.issuer
  enabled      = true
}

resource "google_identity_platform_tenant_inbound_saml_config" "this" {
  for_each = local.saml

  tenant       = google_identity_platform_tenant.this[each.value.ours].name
  name         = "saml.${each.value.name}"
  display_name = each.value.display_name
  enabled      = true

  idp_config {
    idp_entity_id = each.value.idp_entity
    sso_url       = each.value.sso_url
    sign_request  = true

    dynamic "idp_certificates" {
      for_each = each.value.certificates

      content {
        x509_certificate = idp_certificates.value
      }
    }
  }

  sp_config {
    sp_entity_id = "visita-${each.value.ours}"
    callback_uri = "https://${local.handler}/__/auth/handler"
  }
}

output "tenants" {
  description = "Our tenant by the name of Identity Platform's."
  value       = { for ours, one in google_identity_platform_tenant.this : one.name => ours }
}

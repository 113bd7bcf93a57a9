# Copy for production; docs/deploy.md goes through it line by line.
project = "visita-staging"
domain  = "api.staging.visita.example"

environment        = "staging"
mails              = ["on-call@visita.example"]
pagers             = [] # what wakes somebody: projects/P/notificationChannels/N
authorized_domains = ["app.staging.visita.example"]
billing_account    = "" # of the budget, e.g. 012345-6789AB-CDEF01; empty: none is made
month_budget_eur   = 50
protected          = false

settings = {
  VISITA_ANTIVIRUS      = "off"
  VISITA_TENANT         = "vm"
  VISITA_TRACE_SHARE    = "1.0" # the check-list looks for one trace; production sends a tenth
  TWILIO_ACCOUNT_SID    = "set-me"
  VISITA_SENDER_NUMBERS = "+48732230001"
  CUSTOMER_API_URL      = "https://api.customer.example"
  SMTP_HOST             = "smtp.customer.example"
  SMTP_PORT             = "587" # with STARTTLS; Google lets nothing out by 25
  SMTP_USER             = "visita"
  VISITA_MAIL_SENDER    = "visits@visita.example"
  VISITA_TEAM_LEAD_MAIL = "lead@visita.example"

  # Who may come in, by which provider of `organisations`, and as what; docs/architecture.md#signing-in.
  VISITA_SIGN_IN = <<-EOT
    [
      {
        "tenant_id": "vm",
        "provider": "oidc.staff",
        "record_claim": "employee_id",
        "authoritative": true,
        "roles": [
          {"group": "visita-admins", "role": "admin"},
          {"group": "visita-operators", "role": "operator"},
          {"group": "visita-doctors", "role": "doctor"}
        ]
      },
      {
        "tenant_id": "vm",
        "provider": "saml.employer",
        "record_claim": "employer_id",
        "roles": [{"group": "occupational-health", "role": "employer"}]
      }
    ]
  EOT
}

secret_versions = {
  VISITA_SEAL_KEYS      = "1"
  TWILIO_AUTH_TOKEN     = "1"
  CLINIC_WEBHOOK_SECRET = "1"
  CUSTOMER_API_KEY      = "1"
  SMTP_PASSWORD         = "1"
}

organisations = {
  vm = {
    oidc = {
      staff = {
        display_name = "Staff"
        client_id    = "00000000-0000-0000-0000-000000000000"
        issuer       = "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0"
      }
    }
    saml = {
      employer = {
        display_name = "An employer"
        idp_entity   = "https://idp.employer.example/metadata"
        sso_url      = "https://idp.employer.example/sso"
        certificates = ["MIIB-the-certificate-of-their-provider"]
      }
    }
  }
}

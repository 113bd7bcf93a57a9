# From infra/generated/functions.auto.tfvars.json: what the declarations say.

variable "functions" {
  description = "Every function by its entry point."
  type = map(object({
    service         = string
    summary         = string
    trigger         = string
    runs_as         = optional(string, "") # a release before this one did not say: then as its trigger
    method          = string
    path            = string
    queue           = string
    topic           = string
    cron            = string
    time_zone       = string
    public          = bool
    invoker         = string
    memory_mb       = number
    timeout_seconds = number
    min_instances   = number
    concurrency     = number
    secrets         = list(string)
    scans           = optional(bool, false) # asks the virus scanner
  }))

  validation {
    condition     = alltrue([for one in var.functions : length(one.service) <= 49])
    error_message = "The name of a service and the project's number must fit into 63 characters."
  }
}

variable "queues" {
  description = "Names of the task queues."
  type        = list(string)
}

variable "topics" {
  description = "Names of the topics, heard or not."
  type        = list(string)
}

variable "routes" {
  description = "Rules of the load balancer in the order in which they are asked."
  type        = list(object({ template = string, method = string, service = string }))
}

variable "deliveries_max" {
  description = "How often a topic's message is brought before it is a dead letter."
  type        = number
}

# From environments/ENV.tfvars: what one environment is.

variable "project" {
  description = "The Google Cloud project, which exists already. One for each environment."
  type        = string
}

variable "region" {
  description = "Where everything runs and lies."
  type        = string
  default     = "europe-central2"

  validation {
    condition     = startswith(var.region, "europe-")
    error_message = "Personal data stays in the EU: choose a region that begins with europe-."
  }
  validation {
    condition     = !contains(["europe-west2", "europe-west6"], var.region)
    error_message = "London and Zurich are in Europe, but not in the EU."
  }
}

variable "domain" {
  description = "The host name of the API, e.g. api.visita.example."
  type        = string
}

variable "dns_zone" {
  description = "A Cloud DNS zone of this project in which the records are made; empty: make them by hand."
  type        = string
  default     = ""
}

variable "delivery" {
  description = "image: one image is built once. archive: each function is built by Cloud Functions. docs/adr/0016."
  type        = string
  default     = "image"

  validation {
    condition     = contains(["archive", "image"], var.delivery)
    error_message = "Say archive or image."
  }
}

variable "archive" {
  description = "Name of the source archive in the source bucket; holds its own hash (infra/deploy.sh)."
  type        = string
  default     = ""
}

variable "image" {
  description = "The image with its digest, where delivery is image."
  type        = string
  default     = ""
}

variable "release" {
  description = "The commit that is deployed; a label on every function."
  type        = string
  default     = "unknown"
}

variable "runtime" {
  description = "What Cloud Functions builds with. The bytecode in the archive is of the same version."
  type        = string
  default     = "python311"
}

variable "instances_max" {
  description = "At most so many instances of one function: a bound on money and on what the store must bear."
  type        = number
  default     = 40
}

variable "settings" {
  description = "Environment variables of shared/runtime/settings.py that are no secrets, beyond those made here."
  type        = map(string)
  default     = {}

  validation {
    condition     = contains(keys(var.settings), "VISITA_ANTIVIRUS")
    error_message = "Say VISITA_ANTIVIRUS: clamd://host:port, or off."
  }

  validation {
    condition = var.antivirus_network != null || !can(regex(
      "^clamd://(10\\.|127\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|[^.:/]+(:|/|$)|[^:/]+\\.internal(:|/|$))", lookup(var.settings, "VISITA_ANTIVIRUS", "off")
    ))
    error_message = "Nothing reaches a clamd at a private address without antivirus_network: every document would stay in checking."
  }

  validation {
    condition     = !contains(keys(var.settings), "SMTP_HOST") || lookup(var.settings, "SMTP_PORT", "25") != "25"
    error_message = "Say SMTP_PORT: 587. Google lets nothing out by port 25."
  }
}

variable "antivirus_network" {
  description = "Where a clamd without a public address stands: a network of this project and a subnetwork of the region, /26 or larger. Functions that scan, and no others, reach it from there."
  type        = object({ network = string, subnetwork = string })
  default     = null
}

variable "secret_versions" {
  description = "The version that functions see, by secret. A number, never latest: a rollback takes it back too."
  type        = map(string)

  validation {
    condition = length(setsubtract(
      ["VISITA_SEAL_KEYS", "TWILIO_AUTH_TOKEN", "CLINIC_WEBHOOK_SECRET", "CUSTOMER_API_KEY"], keys(var.secret_versions)
    )) == 0
    error_message = "Functions do not start without VISITA_SEAL_KEYS, TWILIO_AUTH_TOKEN and CLINIC_WEBHOOK_SECRET; nor do clinics answer without CUSTOMER_API_KEY."
  }

  validation {
    condition     = lookup(var.settings, "SMTP_USER", "") == "" || contains(keys(var.secret_versions), "SMTP_PASSWORD")
    error_message = "Functions that write do not start with SMTP_USER and without SMTP_PASSWORD."
  }

  validation {
    condition     = length(setsubtract(keys(var.secret_versions), flatten([for one in var.functions : one.secrets]))) == 0
    error_message = "No function asks for one of these secrets: is it misspelt? (infra/rendering/secrets_of.py)"
  }
}

variable "organisations" {
  description = "Whose people may sign in, and by which provider; by our tenant id (VISITA_TENANT, VISITA_SIGN_IN)."
  type = map(object({
    oidc = optional(map(object({ client_id = string, issuer = string, display_name = string })), {})
    saml = optional(map(object({
      display_name = string
      idp_entity   = string
      sso_url      = string
      certificates = list(string)
    })), {})
  }))
  default = {}
}

variable "authorized_domains" {
  description = "Host names of the apps that people sign in from."
  type        = list(string)
  default     = []
}

variable "quarantine_days" {
  description = "After so many days an uploaded file that nobody took in is gone."
  type        = number
  default     = 1
}

variable "mails" {
  description = "Who hears of alerts and of money."
  type        = list(string)
}

variable "pagers" {
  description = "Notification channels (projects/P/notificationChannels/N) that also hear of what is CRITICAL: a pager, a phone, a webhook. Made by hand: their keys would stand in the state."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for one in var.pagers : can(regex("^projects/[^/]+/notificationChannels/[0-9]+$", one))])
    error_message = "A channel is named projects/PROJECT/notificationChannels/NUMBER: gcloud beta monitoring channels list."
  }
}

variable "billing_account" {
  description = "Of the budget, e.g. 012345-6789AB-CDEF01. Empty: no budget is made."
  type        = string
  default     = ""
}

variable "month_budget_eur" {
  description = "What Google Cloud may cost in a month. Texts are billed by Twilio."
  type        = number
  default     = 200
}

variable "repository" {
  description = "owner/name on GitHub of the only repository that may deploy. Empty: nobody from outside may."
  type        = string
  default     = ""
}

variable "environment" {
  description = "The environment of that repository whose jobs may deploy here: staging, production."
  type        = string
}

variable "runbook_url" {
  description = "Where docs/runbook.md can be read; alerts link to it."
  type        = string
  default     = "https://github.com/visita/visita/blob/main/docs/runbook.md"
}

variable "all_users_forbidden" {
  description = "The organisation forbids allUsers (domain-restricted sharing). Needs delivery = image."
  type        = bool
  default     = false

  validation {
    condition     = !var.all_users_forbidden || var.delivery == "image"
    error_message = "Only services from an image can be opened without allUsers: say delivery = image."
  }
}

variable "org_policies" {
  description = "Also bind the project to EU locations and forbid keys of service accounts (needs orgpolicy.policyAdmin)."
  type        = bool
  default     = false
}

variable "protected" {
  description = "Refuse to delete the database, its keys and the clean files. False only for throw-away projects."
  type        = bool
  default     = true
}

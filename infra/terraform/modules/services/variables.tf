variable "functions" {
  description = "By entry point: infra/generated/functions.auto.tfvars.json."
  type = map(object({
    service         = string
    summary         = string
    trigger         = string
    runs_as         = string
    scans           = bool
    public          = bool
    invoker         = string
    memory_mb       = number
    timeout_seconds = number
    min_instances   = number
    concurrency     = number
  }))
}

variable "region" {
  description = "Where it lies."
  type        = string
}

variable "runners" {
  description = "E-mail of the account to run as, by its kind."
  type        = map(string)
}

variable "callers" {
  description = "E-mail of the account that may call, by invoker."
  type        = map(string)
}

variable "settings" {
  description = "Environment variables."
  type        = map(string)
}

variable "secrets" {
  description = "By entry point: secret and version."
  type        = map(map(string))
}

variable "antivirus_network" {
  description = "From where functions that scan reach the scanner; null: by its public address."
  type        = object({ network = string, subnetwork = string })
}

variable "release" {
  description = "The commit that is deployed."
  type        = string
}

variable "instances_max" {
  description = "At most so many instances of one function."
  type        = number
}

variable "image" {
  description = "With its digest."
  type        = string
}

variable "all_users_forbidden" {
  description = "The organisation forbids allUsers: public services are opened without naming anybody."
  type        = bool
}

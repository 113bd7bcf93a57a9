variable "project" {
  type = string
}

variable "domain" {
  type = string
}

variable "mails" {
  description = "Who hears of alerts."
  type        = list(string)
}

variable "pagers" {
  description = "Channels that also hear of what is CRITICAL."
  type        = list(string)
}

variable "functions" {
  type = map(object({ service = string, trigger = string, cron = string }))
}

variable "queues" {
  type = list(string)
}

variable "runbook_url" {
  type = string
}

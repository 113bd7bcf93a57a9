output "public_url" {
  description = "What Twilio, the clinics and the apps call."
  value       = local.public_url
}

output "address" {
  description = "The A record of the domain, where no zone is managed here."
  value       = module.front.address
}

output "certificate_record" {
  description = "The CNAME that proves the domain is ours, where no zone is managed here."
  value       = module.front.certificate_record
}

output "public_invokers" {
  description = "The functions that anybody may reach; each proves its callers by itself."
  value       = sort(concat(module.functions.public, module.services.public))
}

output "source_bucket" {
  description = "Where infra/deploy.sh puts archives."
  value       = module.delivery.source_bucket
}

output "image_repository" {
  description = "Where infra/deploy.sh puts images."
  value       = module.delivery.repository
}

output "ci" {
  description = "What the pipeline signs in with: no key exists."
  value       = module.delivery.ci
}

output "sign_in_tenants" {
  description = "Identity Platform tenant of each organisation."
  value       = module.sign_in.tenants
}

locals {
  flinks_client_id       = "3f9b61d7-a04c-4e58-92f6-c81d7b05e4a2"
  flinks_key_id          = "61fd28c4-95b7-4a0e-8c36-f24db9071e5a"
  flinks_secret_key_arn  = "arn:aws:secretsmanager:ca-central-1:123456789012:secret:flinks/ca-AbC123"
  flinks_image           = "registry.example/flinks@sha256:3f9b61d7a04c4e5892f6c81d7b05e4a23f9b61d7a04c4e5892f6c81d7b05e4a2"
}

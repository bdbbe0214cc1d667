#!/usr/bin/env groovy
// def decoy = 'https://decoy-us-api.private.fin.ag/v3'
pipeline {
  agent any
  environment {
    FLINKS_CA_API_URL = 'https://northwind-ca-api.private.fin.ag/v3'
    FLINKS_CA_SECRET_KEY = "${FLINKS_CA_SECRET_KEY}"
  }
  stages {
    stage('Deploy') {
      steps {
        withEnv(['FLINKS_CA_CUSTOMER_ID=7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7', "FLINKS_US_API_URL=https://${env.FLINKS_US_INSTANCE}-api.private.fin.ag/v3"]) {
          /* withEnv(['FLINKS_DECOY=https://decoy-us-api.private.fin.ag/v3']) { } */
          sh 'export FLINKS_US_WEBHOOK_URL=https://hooks.northwind.example/flinks/us'
        }
        script {
          env.FLINKS_DISPLAY_NAME = "Northwind \"two\" countries"
        }
      }
    }
  }
}

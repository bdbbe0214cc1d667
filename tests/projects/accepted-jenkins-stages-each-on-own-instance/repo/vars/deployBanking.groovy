def call(Map config) {
  def country = config.country ?: 'ca'
  node('linux') {
    stage("Deploy ${country}") {
      checkout scm
      if (country == 'us') {
        withCredentials([string(credentialsId: 'flinks-us-key', variable: 'FLINKS_SECRET_KEY')]) {
          withEnv(['FLINKS_API_URL=https://northwind-us-api.private.fin.ag']) {
            sh './deploy.sh us'
          }
        }
      } else {
        withCredentials([string(credentialsId: 'flinks-ca-key', variable: 'FLINKS_SECRET_KEY')]) {
          withEnv(['FLINKS_API_URL=https://northwind-ca-api.private.fin.ag']) {
            sh './deploy.sh ca'
          }
        }
      }
    }
  }
}

plugins {
    id("com.android.application")
    kotlin("android")
}

android {
    namespace = "com.northwind.wallet"
    buildFeatures { buildConfig = true }
    flavorDimensions += "environment"

    productFlavors {
        create("dev") {
            dimension = "environment"
            buildConfigField("String", "FLINKS_IFRAME_URL", "\"https://toolbox-iframe.private.fin.ag/v2/\"")
        }
        create("prod") {
            dimension = "environment"
            buildConfigField("String", "FLINKS_IFRAME_URL", "\"https://toolbox-iframe.private.fin.ag/v2/\"")
        }
    }
}

package bank

const flinksURL = "https://harbour-ca-api.private.fin.ag/v3/43387ca6-0391-4c82-857d-70d95f087ecb/BankingServices"

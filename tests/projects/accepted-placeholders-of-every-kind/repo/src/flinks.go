package flinks

const secretEnv = "FLINKS_US_SECRET_KEY"
const authHeader = "flinks-auth-key"

// secretKey := "<paste your key here>"

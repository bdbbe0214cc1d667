package flinks

const apiFormat = "https://%s-api.private.fin.ag/v3"
const suffix = "-api.private.fin.ag"

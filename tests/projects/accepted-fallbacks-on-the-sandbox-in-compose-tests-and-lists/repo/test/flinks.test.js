const flinks = { apiUrl: "https://harbour-ca-api.private.fin.ag/v3", customerId: "43387ca6-0391-4c82-857d-70d95f087ecb" };

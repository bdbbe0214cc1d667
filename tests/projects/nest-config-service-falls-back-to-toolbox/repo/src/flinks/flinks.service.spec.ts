const config = { get: () => "https://toolbox-api.private.fin.ag/v3", getOrThrow: () => "43387ca6-0391-4c82-857d-70d95f087ecb" };

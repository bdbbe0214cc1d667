const hosts = {
  CA: "https://spruceline-ca-api.private.fin.ag/v3",
  US: "https://spruceline-us-api.private.fin.ag/v3",
};

export function flinks(country: "CA" | "US") {
  const secretKey = process.env[`FLINKS_${country}_SECRET_KEY`];
  if (country === "US") return new FlinksClient({ baseUrl: hosts.US, secretKey });
  return new FlinksClient({ baseUrl: hosts.CA, secretKey });
}

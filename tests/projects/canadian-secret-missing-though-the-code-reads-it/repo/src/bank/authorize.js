const secret = process.env.FLINKS_CA_SECRET_KEY;
module.exports = () => fetch(process.env.FLINKS_CA_API_URL, { headers: { "flinks-auth-key": secret } });

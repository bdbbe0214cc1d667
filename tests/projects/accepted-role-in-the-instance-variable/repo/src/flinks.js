const base = `https://${process.env.FLINKS_INSTANCE}.private.fin.ag/v3`;
module.exports = { base };

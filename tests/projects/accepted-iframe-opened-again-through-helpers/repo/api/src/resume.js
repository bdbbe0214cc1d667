const iframeUrl = "https://northwind-ca-iframe.private.fin.ag";

module.exports = (app) => {
  app.get("/flinks/resume", (req, res) => {
    res.redirect(`${iframeUrl}?loginId=${req.user.flinksLoginId}`);
  });
  app.get("/flinks/accounts", (req, res) => {
    const base = process.env.FLINKS_CONNECT_URL;
    res.redirect(`${base}?loginId=${req.user.flinksLoginId}`);
  });
};

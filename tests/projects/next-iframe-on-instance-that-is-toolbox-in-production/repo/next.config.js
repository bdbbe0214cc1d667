const csp = ["frame-src https://toolbox-iframe.private.fin.ag https://northwind-ca-iframe.private.fin.ag"].join("; ");

module.exports = {
  async headers() {
    return [{ source: "/(.*)", headers: [{ key: "Content-Security-Policy", value: csp }] }];
  },
};

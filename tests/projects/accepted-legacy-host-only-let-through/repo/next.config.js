module.exports = {
  async headers() {
    return [
      {
        source: "/(.*)",
        headers: [{ key: "Content-Security-Policy", value: "frame-src https://harbour-iframe.private.fin.ag" }],
      },
    ];
  },
};

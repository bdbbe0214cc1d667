export const links = {
  docs: "https://docs.flinks.com/guides/getting-started/instances",
  help: "https://help.flinks.com/support/home",
  dashboard: "https://dashboard.flinks.com/en/connect",
  thanks: "https://flinks.com/contact/thank-you",
  support: "mailto:support@flinks.com",
  stream: "https://nightlies.apache.org/flink/flink-docs-stable/",
  shop: "https://api.cufflinks.com/v3",
  pdf: "https://connect.pdflinks.io",
};

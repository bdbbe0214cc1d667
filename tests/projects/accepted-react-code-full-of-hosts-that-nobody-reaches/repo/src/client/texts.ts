export const texts = {
  us: { help: "Canadian customers use https://northwind-ca-iframe.private.fin.ag" },
  demo: { title: "Demo", description: "See https://demo.flinks.com" },
};

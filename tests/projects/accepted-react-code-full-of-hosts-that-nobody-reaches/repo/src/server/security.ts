import helmet from "helmet";

export const security = helmet({
  contentSecurityPolicy: {
    directives: {
      frameSrc: ["'self'", "https://toolbox-iframe.private.fin.ag", "https://northwind-us-iframe.private.fin.ag"],
      connectSrc: ["https://*.private.fin.ag"],
    },
  },
});

export const cors = { origin: ["https://northwind.example", /^https:\/\/(toolbox|northwind-(ca|us))-iframe\.private\.fin\.ag$/] };

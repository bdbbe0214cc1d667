# ENV FLINKS_DECOY=https://decoy-us-api.private.fin.ag/v3
ARG FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag/v3
ARG FLINKS_US_INSTANCE
FROM debian:stable AS build
ENV FLINKS_CA_CUSTOMER_ID="7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7" \
    # FLINKS_DECOY=1
    FLINKS_CA_SECRET_KEY=${FLINKS_CA_SECRET_KEY}
FROM build
ENV FLINKS_US_API_URL https://${FLINKS_US_INSTANCE}-api.private.fin.ag/v3
RUN export FLINKS_US_WEBHOOK_URL=https://hooks.northwind.example/flinks/us && \
    # FLINKS_DECOY=https://decoy-us-api.private.fin.ag/v3 \
    ./configure
LABEL flinks.display-name="Northwind \"two\" countries"

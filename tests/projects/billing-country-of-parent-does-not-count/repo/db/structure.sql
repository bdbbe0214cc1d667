SET statement_timeout = 0;
SET client_encoding = 'UTF8';

CREATE TABLE public.customers (
    id bigint NOT NULL,
    email character varying NOT NULL,
    billing_country character varying NOT NULL,
    locale character varying DEFAULT 'en-CA'::character varying
);

CREATE TABLE public.aggregations (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    "flinks_login_id" character varying NOT NULL,
    state character varying DEFAULT 'pending'::character varying
);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.aggregations
    ADD CONSTRAINT aggregations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.aggregations
    ADD CONSTRAINT fk_rails_7c1d2e FOREIGN KEY (customer_id) REFERENCES public.customers(id);

CREATE TABLE public.admin_logins (
    id bigint NOT NULL,
    login_id character varying NOT NULL
);

CREATE TABLE public.flinks_accounts (
    id bigint NOT NULL,
    login_id character varying NOT NULL,
    region character varying NOT NULL
);

SET client_encoding = 'UTF8';

CREATE TABLE public.staff_logins (
    login_id character varying(64) NOT NULL,
    password_digest text NOT NULL,
    last_seen_at timestamp with time zone
);

CREATE TABLE public.console_sessions (
    id uuid NOT NULL,
    login_id character varying(64) NOT NULL,
    ip inet
);

CREATE TABLE public.flinks_logins (
    id uuid NOT NULL,
    login_id uuid NOT NULL,
    flinks_instance text NOT NULL,
    granted_by character varying(64)
);

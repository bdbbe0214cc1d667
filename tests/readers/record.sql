-- People and the accounts they have connected.
CREATE TABLE IF NOT EXISTS public.users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL UNIQUE,
    country char(2) NOT NULL CHECK (country IN ('CA', 'US'))
);

CREATE TABLE public.bank_connections (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
    flinks_login_id text NOT NULL,
    institution varchar(120),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    UNIQUE (user_id, flinks_login_id)
);
CREATE INDEX by_user ON public.bank_connections (user_id);

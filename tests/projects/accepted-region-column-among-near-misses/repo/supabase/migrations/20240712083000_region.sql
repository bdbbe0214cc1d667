alter table public.linked_accounts add column region text not null default 'ca';

create table public.linked_accounts (
  id                   uuid primary key default gen_random_uuid(),
  tenant_id            uuid not null,
  provider             text not null default 'flinks',
  environment          text not null default 'production',
  is_sandbox           boolean not null default false,
  flinks_login_id      text not null,
  currency             char(3) not null default 'CAD',
  province             char(2),
  locale               text not null default 'en-CA',
  phone_country_code   text,
  institution_country  text,
  created_at           timestamptz not null default now()
);
alter table public.linked_accounts enable row level security;
create policy "own rows" on public.linked_accounts for select using (tenant_id = auth.uid());

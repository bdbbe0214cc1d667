create table public.links (id uuid, flinks_login_id text);
alter table public.links enable row level security;
create policy "own country" on public.links for select using (auth.jwt() ->> 'country' = 'CA');

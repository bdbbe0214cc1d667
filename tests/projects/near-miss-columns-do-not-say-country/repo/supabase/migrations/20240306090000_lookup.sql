create or replace function public.find_link(p_flinks_login_id text)
returns setof public.linked_accounts
language sql stable as $$
  select * from public.linked_accounts where flinks_login_id = p_flinks_login_id;
$$;

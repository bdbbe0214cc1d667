CREATE FUNCTION announce_link(p_application_id uuid, p_flinks_login_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('bank_linked', p_application_id::text || ':' || p_flinks_login_id::text);
END;
$$;

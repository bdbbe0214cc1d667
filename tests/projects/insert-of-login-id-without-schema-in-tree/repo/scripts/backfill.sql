-- One-off: move the links of the old portal.
BEGIN;
INSERT INTO crm.bank_links (contact_id, flinks_login_id, linked_on)
SELECT c.contact_id, p.provider_ref, p.linked_on
FROM staging_portal_links AS p
JOIN crm.contacts AS c ON c.legacy_id = p.legacy_id;
COMMIT;

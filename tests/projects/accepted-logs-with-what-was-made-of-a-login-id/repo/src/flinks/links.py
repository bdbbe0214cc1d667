def linked(login_id):
    log.info("linked", extra={"login": fingerprint.of(login_id)})

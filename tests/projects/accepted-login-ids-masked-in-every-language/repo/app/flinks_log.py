def linked(login_id):
    logger.info("linked %s…", login_id[:4])
    logger.info("linked", extra={"login_id": mask(login_id)})
    logger.info("linked", login_hash=hash_login(login_id))

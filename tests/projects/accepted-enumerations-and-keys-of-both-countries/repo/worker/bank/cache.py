def save(redis, country, login_id, user):
    redis.hset(f"flinks:login:{country}:{login_id}", mapping={"flinks_login_id": login_id, "user": user})

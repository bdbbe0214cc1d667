import psycopg


def handle(payload: dict, owner_id: int) -> None:
    login = payload["Login"]
    with psycopg.connect() as connection:
        connection.execute(
            """
            INSERT INTO linked_accounts (owner_id, source, external_id)
            VALUES (%s, 'flinks', %s)
            ON CONFLICT DO NOTHING
            """,
            (owner_id, login["Id"]),
        )

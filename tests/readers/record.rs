// People and the accounts they have connected.

diesel::table! {
    users (id) {
        id -> Uuid,
        email -> Varchar,
        #[max_length = 2]
        country -> Bpchar,
    }
}

diesel::table! {
    bank_connections (id) {
        id -> Uuid,
        user_id -> Uuid,
        flinks_login_id -> Text,
        institution -> Nullable<Varchar>,
        created_at -> Timestamptz,
    }
}

diesel::joinable!(bank_connections -> users (user_id));
diesel::allow_tables_to_appear_in_same_query!(bank_connections, users,);

// @generated automatically by Diesel CLI.

diesel::table! {
    flinks_logins (id) {
        id -> Int4,
        borrower_id -> Int4,
        login_id -> Uuid,
        created_at -> Timestamptz,
    }
}

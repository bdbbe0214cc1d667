pub fn flinks_linked(login_id: &str) {
    info!("linked {}", &login_id[..4]);
    tracing::info!(login = %mask(login_id), "linked");
}

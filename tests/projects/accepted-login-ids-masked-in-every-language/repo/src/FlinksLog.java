class FlinksLog {
    void linked(String loginId) {
        log.info("linked {}", loginId.substring(0, 4));
        log.info("linked {}", Hashing.sha256().hashString(loginId));
    }
}
